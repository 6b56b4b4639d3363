package io.murmuration.simulation;

import io.murmuration.consensus.Message;
import io.murmuration.consensus.MessageCodec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/** Carries messages as bytes: loses, delays, reorders and doubles them, brings some copies seconds later, and lets nothing through where it is cut. */
final class Network {
    private record Way(long from, long to) {}

    private final Timeline timeline;
    private final RandomGenerator random;
    private final Scenario scenario;
    private final Counts counts;
    private final Set<Way> cut = new HashSet<>();
    private final Map<Way, Runnable> lastSent = new HashMap<>();
    private final Map<Long, Integer> entriesUntilMute = new HashMap<>();
    private boolean calm;

    Network(Timeline timeline, RandomGenerator random, Scenario scenario, Counts counts) {
        this.timeline = timeline;
        this.random = random;
        this.scenario = scenario;
        this.counts = counts;
    }

    void cut(long from, long to) {
        cut.add(new Way(from, to));
    }

    /** What this node said last to each of the others arrives there again, and again. */
    void echo(long from) {
        lastSent.forEach((way, again) -> {
            if (way.from() == from) {
                for (var micros = 10_000L; micros < 200_000; micros *= 2) {
                    timeline.after(micros, again);
                }
            }
        });
    }

    /** Whatever else is cut: these two hear each other. */
    void join(long one, long other) {
        cut.remove(new Way(one, other));
        cut.remove(new Way(other, one));
    }

    void heal(long node) {
        entriesUntilMute.remove(node);
        cut.removeIf(way -> way.from() == node || way.to() == node);
    }

    void heal() {
        entriesUntilMute.clear();
        cut.clear();
    }

    /** From now on nothing is lost or doubled. */
    void calm() {
        calm = true;
        heal();
    }

    /** Nothing from this node arrives any more once so many messages with entries have. */
    void muteAfterEntries(long from, int messages) {
        entriesUntilMute.put(from, messages);
    }

    boolean passes(long from, long to) {
        return !cut.contains(new Way(from, to));
    }

    void send(Message message, Consumer<Message> receiver) {
        var way = new Way(message.from(), message.to());
        if (cut.contains(way) || (!calm && random.nextInt(1000) < scenario.lossPermille())) {
            return;
        }
        var bytes = MessageCodec.encode(message);
        var delivery = delivery(message, bytes, receiver);
        lastSent.put(way, delivery);
        var copies = !calm && random.nextInt(1000) < scenario.doublePermille() ? 2 : 1;
        for (var i = 0; i < copies; i++) {
            timeline.after(delayMicros(), delivery);
        }
        if (!calm && random.nextInt(10_000) < scenario.lateCopiesPerMyriad()) {
            counts.add(Counts.Kind.LATE_COPIES);
            timeline.after(20_000L << random.nextInt(9), delivery);
        }
    }

    private Runnable delivery(Message message, byte[] bytes, Consumer<Message> receiver) {
        return () -> {
            if (passes(message.from(), message.to())) {
                receiver.accept(MessageCodec.decode(bytes));
                mute(message);
            }
        };
    }

    private void mute(Message delivered) {
        if (delivered instanceof Message.Append append && !append.entries().isEmpty()) {
            var left = entriesUntilMute.merge(append.from(), -1, Integer::sum);
            if (left == 0) {
                LongStream.rangeClosed(1, scenario.nodes()).forEach(to -> cut(append.from(), to));
            }
        }
    }

    long delayMicros() {
        var delay = 50L + random.nextInt(scenario.delayMicrosMax());
        return random.nextInt(50) == 0 ? 10 * delay : delay;
    }
}
