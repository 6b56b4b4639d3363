package io.murmuration.benchmarks;

import java.io.IOException;
import java.time.Duration;

/** The yardstick under load: the entries of all writers are one frame, and one frame follows the other. It batches as well as can be. */
final class PlainLoad implements AppendLoad {
    private final PlainLeader leader;

    PlainLoad(PlainLeader leader) {
        this.leader = leader;
    }

    @Override
    public AppendRound run(int writers, Duration time) throws IOException, InterruptedException {
        var frame = new byte[writers * ENTRY_BYTES];
        var latencies = new Latencies();
        var began = System.nanoTime();
        var now = began;
        while (now - began < time.toNanos()) {
            leader.append(frame);
            var acknowledged = System.nanoTime();
            latencies.add(acknowledged - now);
            now = acknowledged;
        }
        return new AppendRound((long) writers * latencies.count(), now - began, latencies);
    }
}
