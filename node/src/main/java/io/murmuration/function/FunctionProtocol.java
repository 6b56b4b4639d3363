package io.murmuration.function;

import io.murmuration.base.CborMessage;
import io.murmuration.function.instance.InstanceProtocol;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;

/** Messages of a function's entity and of its revisions. Those that are {@link CborMessage}s travel between nodes. */
interface FunctionProtocol {
    /** To the entity. */
    sealed interface Message {}

    /**
     * Answered at once by {@link Accepted}, and in the end by {@link Invoked} or {@link Refused}.
     *
     * @param call the caller's own number of it
     * @param notAfterMillis epoch milliseconds: when the caller says that the outcome is unknown if it was not accepted; whoever takes it up later drops it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record InvokeFunction(
            long call,
            Deployment deployment,
            String requestId,
            String arn,
            byte[] payload,
            String traceId,
            String clientContext,
            boolean wantsLog,
            long notAfterMillis,
            ActorRef<CallReply> replyTo)
            implements Message, CborMessage {}

    /** A revision holds nothing, having received so many invocations. */
    record Unused(Deployment deployment, long received) implements Message {}

    /** It lives elsewhere from now on, or nowhere. */
    record Leave() implements Message {}

    /** To one who called. */
    sealed interface CallReply extends CborMessage {
        long call();
    }

    /** The entity has it: if that ends before it has answered, the outcome is unknown. */
    record Accepted(long call, ActorRef<Message> entity) implements CallReply {}

    /**
     * @param functionError empty if the function replied
     * @param hasLog whether the log was asked for
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Invoked(long call, String requestId, byte[] payload, String functionError, boolean hasLog, byte[] log)
            implements CallReply {}

    /** @param code the error's, as {@link io.murmuration.protocol.ErrorCodes} names it */
    record Refused(long call, String code, String message, Map<String, String> details) implements CallReply {}

    /** To a revision, from its entity, and from itself. */
    sealed interface RevisionMessage {}

    record Invoke(InvokeFunction call) implements RevisionMessage {}

    /** There is a newer revision: keep nothing for later. */
    record Retire() implements RevisionMessage {}

    /** Nothing is used any more; see {@link Unused}. */
    record Close() implements RevisionMessage {}

    record InstanceSaid(InstanceProtocol.Event event) implements RevisionMessage {}

    /** Its actor has ended and did not say why. */
    record InstanceLost(String instance) implements RevisionMessage {}

    record LookAtWaiting() implements RevisionMessage {}

    record LookAtIdle() implements RevisionMessage {}
}
