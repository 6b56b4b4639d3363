package io.murmuration.journal;

import io.murmuration.consensus.HardState;
import io.murmuration.journal.leveldb.WriteBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The production log, its batches, its bytes and the scan at its start, on a simulated disk: {@link LogStore} without LevelDB and without a thread. One
 * batch is synced at a time, and what comes meanwhile gathers.
 *
 * <p>It outlives the replica; {@link #open} begins a new life.
 */
final class SimulatedLogStore {
    /** How the disk takes its time. */
    interface Syncs {
        /** Runs the deed once a sync begun now is done, unless the node stops before. */
        void afterSync(Runnable deed);
    }

    private static final int GROUP = 0;

    private SimulatedPairs pairs = new SimulatedPairs();
    private long highWater;
    private boolean begun;

    private final Deque<LogWrite> waiting = new ArrayDeque<>();
    private Map<Integer, LogBatch.Written> written = new HashMap<>();
    private Syncs syncs = Runnable::run;
    private @Nullable LogBatch syncing;
    private long batchNumber;

    /**
     * The log as a start finds it; its syncs are done at once until {@link #mount}.
     *
     * @throws DamagedStoreException as {@link LogStore#open} does
     */
    ReplicaLog open(int cacheBytes) {
        if (begun && pairs.isEmpty()) {
            throw new DamagedStoreException("The log store is missing: all logs of this node are lost.");
        }
        begun = true;
        syncs = Runnable::run;
        batchNumber = LogScan.batchNumber(pairs);
        LogScan.requireSynced(batchNumber, highWater);
        var reader = new LogReader(pairs, damage -> {});
        var begunAnew = pairs.get(StoreKeys.BEGUN_ANEW) != null;
        var scan = new LogScan(pairs, reader, this::submit, cacheBytes, begunAnew);
        scan.run();
        written = scan.written();
        var log = scan.logs().get(GROUP);
        return log != null
                ? log
                : new GroupLog(GROUP, reader, this::submit, HardState.NEW, LogStart.EMPTY, cacheBytes, begunAnew);
    }

    /** As {@link LogStore#beginAnew}. */
    void beginAnew() {
        pairs = new SimulatedPairs();
        highWater = 0;
        var first = new WriteBatch();
        first.put(StoreKeys.BEGUN_ANEW, LogStoreCodec.encode(1));
        pairs.write(first, true);
    }

    /** From now on syncs take their time. */
    void mount(Syncs disk) {
        syncs = disk;
    }

    /** Whether it was begun anew and is not durably cured. */
    boolean isDamaged() {
        return pairs.get(StoreKeys.BEGUN_ANEW) != null && pairs.get(StoreKeys.key(GROUP, StoreKeys.CURED)) == null;
    }

    /** The node stops. The batch on its way reached the disk or did not, and so did its number. */
    void crash(RandomGenerator random) {
        waiting.clear();
        if (syncing != null && random.nextBoolean()) {
            syncing.write(batchNumber);
            highWater = random.nextBoolean() ? batchNumber : highWater;
        }
        syncing = null;
    }

    /** While the node is down: something that was promised is missing or wrong. */
    void damage(RandomGenerator random) {
        var shown =
                switch (random.nextInt(3)) {
                    case 0 -> false;
                    case 1 -> pairs.flipBit(random);
                    default -> loseSyncedBatches();
                };
        if (!shown) {
            pairs = new SimulatedPairs();
        }
    }

    private boolean loseSyncedBatches() {
        var known = true;
        while (known && LogScan.batchNumber(pairs) >= highWater) {
            known = pairs.loseNewestBatch();
        }
        return known;
    }

    private void submit(LogWrite write) {
        waiting.add(write);
        sync();
    }

    private void sync() {
        if (syncing == null && waiting.stream().anyMatch(LogWrite::isUrgent)) {
            syncing = LogBatch.takeFrom(waiting, pairs, written);
            batchNumber++;
            syncs.afterSync(this::synced);
        }
    }

    private void synced() {
        var batch = syncing;
        if (batch == null) {
            throw new IllegalStateException("nothing is being synced");
        }
        batch.write(batchNumber);
        highWater = batchNumber;
        syncing = null;
        batch.report();
        sync();
    }
}
