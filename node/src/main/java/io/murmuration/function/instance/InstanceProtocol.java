package io.murmuration.function.instance;

import io.murmuration.base.CborMessage;
import io.murmuration.function.Deployment;
import io.murmuration.function.environment.EnvironmentProtocol;
import io.murmuration.function.environment.EnvironmentSpec;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Messages between a function and its instances, which may live on different nodes. */
public interface InstanceProtocol {
    sealed interface Message {}

    /** The first. Answered by {@link Idle}, {@link Ended} or {@link NoRoom}. */
    record Start(String instance, Deployment deployment, ActorRef<Event> owner) implements Message, CborMessage {}

    /** Sent to an idle instance; answered by {@link Finished}, or by {@link Ended} without it: then the invocation never began. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Run(String requestId, String arn, byte[] payload, String traceId, String clientContext, boolean wantsLog)
            implements Message, CborMessage {}

    /** Ends it, whatever it is at. */
    record End() implements Message, CborMessage {}

    /** Ends it if it is idle: its place is needed. */
    record MakeRoom() implements Message {}

    /** It lives elsewhere from now on, or nowhere. */
    record Leave() implements Message {}

    /** What the actor and its environment tell it. */
    sealed interface OwnWord extends Message {}

    record Prepared(EnvironmentSpec spec) implements OwnWord {}

    record PreparationFailed(@Nullable Throwable cause) implements OwnWord {}

    record EnvironmentSaid(EnvironmentProtocol.Event event) implements OwnWord {}

    /** What an instance tells its function. */
    sealed interface Event extends CborMessage {
        String instance();
    }

    /** It waits for an invocation. */
    record Idle(String instance, ActorRef<Message> self) implements Event {}

    /**
     * @param functionError empty if the function replied
     * @param hasLog whether the log was asked for
     * @param tookNanos from the moment at which the runtime was given the invocation
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Finished(
            String instance,
            String requestId,
            byte[] payload,
            String functionError,
            boolean hasLog,
            byte[] log,
            long tookNanos)
            implements Event {}

    /**
     * It is gone; the last that is heard of it.
     *
     * @param reason as {@link EndCodec} writes it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Ended(String instance, byte[] reason) implements Event {}

    /** Its node has as many execution environments as it may; nothing was started. */
    record NoRoom(String instance) implements Event {}
}
