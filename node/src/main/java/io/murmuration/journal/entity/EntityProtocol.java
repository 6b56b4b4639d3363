package io.murmuration.journal.entity;

import io.murmuration.journal.entity.EntityLog.Outcome;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** Messages of an {@link EntityActor}: the first three are its {@link EntityHost}'s, the others its own. */
interface EntityProtocol {
    sealed interface Message<I, R> {}

    /** @param deadlineNanos by the node's clock */
    record Request<I, R>(I intent, int bytes, long deadlineNanos, ActorRef<Answer<R>> replyTo)
            implements Message<I, R> {}

    /** Tell the host if there is nothing to do. */
    record Retire<I, R>() implements Message<I, R> {}

    /** Office is lost, or nothing was to do: finish what is in flight, refuse the rest, stop. */
    record Close<I, R>() implements Message<I, R> {}

    record LogSaid<I, R>(Outcome<R> outcome) implements Message<I, R> {}

    /** @param position null if it failed */
    record BarrierDone<I, R>(
            @Nullable Position position, @Nullable Throwable failure) implements Message<I, R> {}

    /** Where the rows stood after a barrier. */
    record Position(long sequenceNumber, long appliedIndex) {}

    record Tick<I, R>() implements Message<I, R> {}

    record PauseOver<I, R>() implements Message<I, R> {}
}
