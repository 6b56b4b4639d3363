package io.murmuration.journal.entity;

import io.murmuration.base.Clock;
import org.apache.pekko.actor.typed.ActorRef;

/** A request and its caller, who is answered exactly once. Owned by one {@link EntityActor}. */
final class Waiting<I, R> {
    private final I intent;
    private final int bytes;
    private final long deadlineNanos;
    private final ActorRef<Answer<R>> replyTo;
    private boolean answered;

    Waiting(EntityProtocol.Request<I, R> request) {
        this.intent = request.intent();
        this.bytes = request.bytes();
        this.deadlineNanos = request.deadlineNanos();
        this.replyTo = request.replyTo();
    }

    I intent() {
        return intent;
    }

    int bytes() {
        return bytes;
    }

    boolean expired(Clock clock) {
        return clock.nanos() - deadlineNanos >= 0;
    }

    /** Does nothing if the caller has been answered. */
    void answer(Answer<R> answer) {
        if (!answered) {
            answered = true;
            replyTo.tell(answer);
        }
    }
}
