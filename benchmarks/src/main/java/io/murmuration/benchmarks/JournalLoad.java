package io.murmuration.benchmarks;

import io.murmuration.journal.BenchmarkAppends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * The journal under load: each writer appends to an entity of its own and waits for its acknowledgement. Nobody batches for them: the journal's log
 * store and replication do, as with the entities of production.
 */
final class JournalLoad implements AppendLoad {
    private static final byte[] EVENT = new byte[ENTRY_BYTES];

    private final AppendCluster cluster;
    private int runs;

    JournalLoad(AppendCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public AppendRound run(int writers, Duration time) throws ExecutionException, InterruptedException {
        runs++;
        var began = System.nanoTime();
        var tasks = new ArrayList<Callable<Latencies>>();
        for (var writer = 0; writer < writers; writer++) {
            var entity = "writer-" + runs + "-" + writer;
            tasks.add(() -> write(entity, began, time.toNanos()));
        }
        var all = new Latencies();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : executor.invokeAll(tasks)) {
                all.addAll(done.get());
            }
        }
        var took = System.nanoTime() - began;
        cluster.checkAlive();
        return new AppendRound(all.count(), took, all);
    }

    private Latencies write(String entity, long began, long forNanos) throws ExecutionException, InterruptedException {
        BenchmarkAppends appends = cluster.appends();
        var latencies = new Latencies();
        var now = System.nanoTime();
        for (var sequenceNumber = 1L; now - began < forNanos; sequenceNumber++) {
            appends.append(entity, sequenceNumber, EVENT).toCompletableFuture().get();
            var acknowledged = System.nanoTime();
            latencies.add(acknowledged - now);
            now = acknowledged;
        }
        return latencies;
    }
}
