package io.murmuration.journal.entity;

import io.murmuration.base.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Requests in order of arrival, bounded by count and bytes. Owned by one {@link EntityActor}. */
final class WaitingList<I, R> {
    private final EntitySettings settings;
    private final ArrayDeque<Waiting<I, R>> waiting = new ArrayDeque<>();
    private long bytes;

    WaitingList(EntitySettings settings) {
        this.settings = settings;
    }

    /** False if there is no room: the request was not taken. */
    boolean offer(Waiting<I, R> request) {
        if (waiting.size() >= settings.waitingMax() || bytes + request.bytes() > settings.waitingBytesMax()) {
            return false;
        }
        waiting.addLast(request);
        bytes += request.bytes();
        return true;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** The next batch, without the requests whose deadline has passed: those are answered so. */
    List<Waiting<I, R>> take(Clock clock, Answer<R> expired) {
        var batch = new ArrayList<Waiting<I, R>>();
        while (batch.size() < settings.batchMax() && !waiting.isEmpty()) {
            var next = waiting.removeFirst();
            bytes -= next.bytes();
            if (next.expired(clock)) {
                next.answer(expired);
            } else {
                batch.add(next);
            }
        }
        return batch;
    }

    /** Puts requests that were taken but not decided back to the front, in their order. */
    void putBack(List<Waiting<I, R>> undecided) {
        for (var request : undecided.reversed()) {
            waiting.addFirst(request);
            bytes += request.bytes();
        }
    }

    void answerExpired(Clock clock, Answer<R> expired) {
        waiting.removeIf(request -> {
            if (!request.expired(clock)) {
                return false;
            }
            bytes -= request.bytes();
            request.answer(expired);
            return true;
        });
    }

    void answerAll(Answer<R> answer) {
        waiting.forEach(request -> request.answer(answer));
        waiting.clear();
        bytes = 0;
    }
}
