package io.murmuration.consensus;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads at a leader that wait to learn that it still led after they had arrived (section 6.4). A read rides on a heartbeat round that began
 * after its arrival; all that waited ride together.
 */
final class Reads {
    private final List<Long> waiting = new ArrayList<>();
    private final ArrayDeque<Batch> riding = new ArrayDeque<>();
    private int size;

    private record Batch(long round, long index, List<Long> readIds) {}

    int size() {
        return size;
    }

    boolean riding() {
        return !riding.isEmpty();
    }

    boolean waiting() {
        return !waiting.isEmpty();
    }

    void arrived(long readId) {
        waiting.add(readId);
        size++;
    }

    /** A round begins: whatever waits rides on it, to be answered from a state that has applied {@code index}. */
    void begin(long round, long index) {
        if (!waiting.isEmpty()) {
            riding.add(new Batch(round, index, List.copyOf(waiting)));
            waiting.clear();
        }
    }

    /** A majority answered messages of this round or later ones. */
    void confirmed(long round, Step out) {
        while (!riding.isEmpty() && riding.getFirst().round() <= round) {
            var batch = riding.removeFirst();
            batch.readIds().forEach(readId -> out.release(readId, batch.index()));
            size -= batch.readIds().size();
        }
    }

    void refuseAll(Step out) {
        riding.forEach(batch -> batch.readIds().forEach(out::refuse));
        waiting.forEach(out::refuse);
        riding.clear();
        waiting.clear();
        size = 0;
    }
}
