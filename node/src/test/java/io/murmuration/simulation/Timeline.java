package io.murmuration.simulation;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Supplier;

/** Simulated time in microseconds and what is still to happen, in order; of things at the same moment the first asked for comes first. */
final class Timeline {
    private static final int EVENTS_MAX = 1_000_000;
    private static final int TRACE_LINES_MAX = 400;

    private record Event(long micros, long number, Runnable deed) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::micros).thenComparingLong(Event::number));
    private final ArrayDeque<String> trace = new ArrayDeque<>();
    private final boolean tracing;
    private long micros;
    private long number;
    private int done;

    Timeline(boolean tracing) {
        this.tracing = tracing;
    }

    long millis() {
        return micros / 1000;
    }

    void after(long delayMicros, Runnable deed) {
        events.add(new Event(micros + delayMicros, number++, deed));
    }

    void runUntil(long millis) {
        for (var next = events.peek(); next != null && next.micros() < millis * 1000; next = events.peek()) {
            events.remove();
            micros = next.micros();
            Violation.unless(++done < EVENTS_MAX, "messages do not breed");
            next.deed().run();
        }
        micros = millis * 1000;
    }

    void trace(Supplier<String> line) {
        if (tracing) {
            trace.addLast(micros / 1000 + "." + String.format("%03d", micros % 1000) + "  " + line.get());
            if (trace.size() > TRACE_LINES_MAX) {
                trace.removeFirst();
            }
        }
    }

    String trace() {
        return String.join("\n", trace);
    }
}
