package io.murmuration.benchmarks;

import io.murmuration.journal.BenchmarkAppends;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * The journal under load. Either each writer appends to an entity of its own and waits for its acknowledgement, and only the journal's log store and
 * replication batch for them; or one entity gathers what all writers have and appends it together, as a table's partition does.
 */
final class JournalLoad implements AppendLoad {
    private static final byte[] EVENT = new byte[ENTRY_BYTES];

    private final AppendCluster cluster;
    private final boolean gathered;
    private int runs;

    /** @param gathered whether one entity gathers for all writers */
    JournalLoad(AppendCluster cluster, boolean gathered) {
        this.cluster = cluster;
        this.gathered = gathered;
    }

    @Override
    public AppendRound run(int writers, Duration time) throws ExecutionException, InterruptedException {
        runs++;
        var began = System.nanoTime();
        var tasks = new ArrayList<Callable<Latencies>>();
        var batch = Collections.nCopies(gathered ? writers : 1, EVENT);
        for (var writer = 0; writer < (gathered ? 1 : writers); writer++) {
            var entity = "writer-" + gathered + "-" + runs + "-" + writer;
            tasks.add(() -> write(entity, batch, began, time.toNanos()));
        }
        var all = new Latencies();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : executor.invokeAll(tasks)) {
                all.addAll(done.get());
            }
        }
        var took = System.nanoTime() - began;
        cluster.checkAlive();
        return new AppendRound((long) batch.size() * all.count(), took, all);
    }

    private Latencies write(String entity, List<byte[]> batch, long began, long forNanos)
            throws ExecutionException, InterruptedException {
        BenchmarkAppends appends = cluster.appends();
        var latencies = new Latencies();
        var now = System.nanoTime();
        for (var sequenceNumber = 1L; now - began < forNanos; sequenceNumber += batch.size()) {
            appends.append(entity, sequenceNumber, batch).toCompletableFuture().get();
            var acknowledged = System.nanoTime();
            latencies.add(acknowledged - now);
            now = acknowledged;
        }
        return latencies;
    }
}
