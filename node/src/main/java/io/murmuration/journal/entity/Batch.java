package io.murmuration.journal.entity;

import io.murmuration.base.Clock;
import java.util.List;

/** The requests of one batch, from the moment it is taken from the {@link WaitingList}. Owned by one {@link EntityActor}. */
final class Batch<I, R> {
    private final List<Waiting<I, R>> requests;

    Batch(List<Waiting<I, R>> requests) {
        this.requests = requests;
    }

    boolean isEmpty() {
        return requests.isEmpty();
    }

    List<I> intents() {
        return requests.stream().map(Waiting::intent).toList();
    }

    /** Replies to the requests that were decided, the first so many. */
    void reply(List<R> replies, long appliedIndex) {
        for (var i = 0; i < replies.size(); i++) {
            requests.get(i).answer(new Answer.Decided<>(replies.get(i), appliedIndex));
        }
    }

    /** The requests after the first so many. */
    List<Waiting<I, R>> after(int decided) {
        return requests.subList(decided, requests.size());
    }

    void answerExpired(Clock clock, Answer<R> answer) {
        for (var request : requests) {
            if (request.expired(clock)) {
                request.answer(answer);
            }
        }
    }

    /** Answers whoever has not been answered. */
    void answer(Answer<R> answer) {
        requests.forEach(request -> request.answer(answer));
    }
}
