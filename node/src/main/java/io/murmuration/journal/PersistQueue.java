package io.murmuration.journal;

import io.murmuration.consensus.Message;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Steps of the core whose effects are on their way to the disk, in order. A step counts as durable when it and all before it are; only then do
 * its promises leave (docs/safety.md, rule 1).
 */
final class PersistQueue {
    private final ArrayDeque<Step> steps = new ArrayDeque<>();

    private record Step(long number, List<Message> promises, boolean writes) {}

    private long written;

    /** A step that was given to the log. */
    void writing(long number, List<Message> promises) {
        steps.addLast(new Step(number, promises, true));
    }

    /** A step that wrote nothing itself but must wait for those before it. */
    void waiting(long number, List<Message> promises) {
        steps.addLast(new Step(number, promises, false));
    }

    /** The log says that this step and all before it are on the disk. */
    void written(long number) {
        written = Math.max(written, number);
    }

    /** Hands over the promises that may leave now. Returns the last step that has become durable, 0 if none has. */
    long drain(Consumer<Message> send) {
        long last = 0;
        for (var first = steps.peek();
                first != null && (!first.writes || first.number <= written);
                first = steps.peek()) {
            steps.remove();
            first.promises.forEach(send);
            last = first.number;
        }
        return last;
    }
}
