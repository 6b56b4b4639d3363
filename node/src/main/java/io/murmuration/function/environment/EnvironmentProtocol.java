package io.murmuration.function.environment;

import io.murmuration.function.environment.Isolation.IsolatedProcess;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Messages of an execution environment: requests of the function that owns it, words of its runtime, events for the function. What a runtime says is
 * answered through a future, because it waits for its next invocation without an end; none of these messages leaves the node.
 */
public interface EnvironmentProtocol {
    sealed interface Message {}

    /** What is said once the process runs. */
    sealed interface Live extends Message {}

    sealed interface Request extends Live {}

    /** Answered by {@link Finished}, or by {@link Ended} without it: then the invocation never began. */
    record Run(Invocation invocation) implements Request {}

    /** Kills the process. */
    record End() implements Request {}

    sealed interface RuntimeWord extends Live {
        CompletableFuture<RuntimeReply> answer();
    }

    record GetNext(CompletableFuture<RuntimeReply> answer) implements RuntimeWord {}

    record PostResponse(String requestId, ByteString payload, CompletableFuture<RuntimeReply> answer)
            implements RuntimeWord {}

    /** The function replied with more than allowed. */
    record PostTooLarge(String requestId, CompletableFuture<RuntimeReply> answer) implements RuntimeWord {}

    /** @param payload the error's JSON, passed through */
    record PostError(String requestId, ByteString payload, CompletableFuture<RuntimeReply> answer)
            implements RuntimeWord {}

    record PostInitError(ByteString payload, CompletableFuture<RuntimeReply> answer) implements RuntimeWord {}

    /** What the actor tells itself. */
    sealed interface OwnWord extends Live {}

    record Exited(int status) implements OwnWord {}

    /** The time of the initialisation is over, or of the invocation, or of the process that was killed. */
    record TimeOver() implements OwnWord {}

    record LookAtOutput() implements OwnWord {}

    /** How the start of the process went. */
    sealed interface StartWord extends Message {}

    record Started(IsolatedProcess process, RuntimeDoors.Door door) implements StartWord {}

    record StartFailed(@Nullable Throwable cause) implements StartWord {}

    sealed interface Event {
        ActorRef<Message> environment();
    }

    /** It waits for an invocation. */
    record BecameIdle(ActorRef<Message> environment) implements Event {}

    /** @param took from the moment at which the runtime was given the invocation */
    record Finished(ActorRef<Message> environment, InvocationResult result, Duration took) implements Event {}

    /** Its process is gone; the last that is heard of it. */
    record Ended(ActorRef<Message> environment, EndReason reason) implements Event {}
}
