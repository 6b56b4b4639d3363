package io.murmuration.function;

import io.murmuration.function.environment.EnvironmentProtocol;
import io.murmuration.function.environment.EnvironmentSpec;
import io.murmuration.function.environment.Invocation;
import io.murmuration.function.environment.InvocationResult;
import io.murmuration.protocol.ServiceError;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Messages of one revision of a function. */
interface FunctionProtocol {
    sealed interface Message {}

    sealed interface Request extends Message {}

    record Invoke(Invocation invocation, ActorRef<InvokeReply> replyTo) implements Request {}

    /** There is a newer revision: keep nothing for later. */
    record Retire() implements Request {}

    /** The node has no room for environments: give up one that is idle. */
    record GiveUpIdle() implements Request {}

    /** Nothing is used any more; see {@link FunctionHost.Unused}. */
    record Close() implements Request {}

    /** What the actor, its timers and its environments tell it. */
    sealed interface OwnWord extends Message {}

    record Prepared(EnvironmentSpec spec) implements OwnWord {}

    record PreparationFailed(@Nullable Throwable cause) implements OwnWord {}

    record EnvironmentSaid(EnvironmentProtocol.Event event) implements OwnWord {}

    record LookAtWaiting() implements OwnWord {}

    record LookAtIdle() implements OwnWord {}

    sealed interface InvokeReply {}

    record Invoked(InvocationResult result) implements InvokeReply {}

    record InvokeRefused(ServiceError error) implements InvokeReply {}
}
