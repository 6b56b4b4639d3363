package io.murmuration.journal.entity;

import io.murmuration.journal.Journal;
import io.murmuration.journal.NotLeaderException;
import io.murmuration.journal.RowChange;
import io.murmuration.journal.Rows;
import io.murmuration.journal.RowsReplacedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A journal in memory. It leads every group from its start; writes succeed at once, unless a test holds or fails them. The persistence
 * plugin {@link FakePersistence} writes to the instance that bears its actor system's name.
 */
public final class FakeJournal implements Journal {
    private static final Map<String, FakeJournal> BY_SYSTEM = new ConcurrentHashMap<>();

    private static final long LEADER = 1;

    private final int groups;
    private final boolean leading;
    private final Map<Integer, FakeRows> rows = new ConcurrentHashMap<>();
    private final List<Consumer<OfficeChange>> listeners = new ArrayList<>();
    private final List<HeldWrite> held = new ArrayList<>();
    private final List<CompletableFuture<Long>> heldBarriers = new ArrayList<>();
    private boolean holdWrites;
    private boolean holdBarriers;
    private volatile long staleMillis;
    private volatile boolean damaged;
    private @Nullable RuntimeException nextWriteFailure;
    private int writes;
    private int barriers;

    private record HeldWrite(Runnable write, CompletableFuture<Void> done) {}

    private record Waiter(long index, CompletableFuture<Void> done) {}

    public FakeJournal(String systemName, int groups) {
        this.groups = groups;
        this.leading = true;
        for (var group = 0; group < groups; group++) {
            rows.put(group, new FakeRows());
        }
        BY_SYSTEM.put(systemName, this);
    }

    /** The journal of a node that replicates what the other leads, without any delay. */
    public FakeJournal(FakeJournal leader) {
        this.groups = leader.groups;
        this.leading = false;
        this.rows.putAll(leader.rows);
    }

    /** The journal of a node whose replicas of the shards are empty. */
    public static FakeJournal begunAnew(FakeJournal leader) {
        var journal = new FakeJournal(leader);
        for (var group = 1; group < leader.groups; group++) {
            journal.rows.put(group, new FakeRows());
        }
        return journal;
    }

    static FakeJournal of(String systemName) {
        var journal = BY_SYSTEM.get(systemName);
        if (journal == null) {
            throw new IllegalStateException("no fake journal for " + systemName);
        }
        return journal;
    }

    static int groupOf(String persistenceId) {
        return Integer.parseInt(persistenceId.substring(persistenceId.indexOf('@') + 1));
    }

    // ---- what a test does to it ----

    public synchronized void holdWrites() {
        holdWrites = true;
    }

    public void releaseWrites() {
        List<HeldWrite> now;
        synchronized (this) {
            holdWrites = false;
            now = List.copyOf(held);
            held.clear();
        }
        now.forEach(write -> {
            write.write().run();
            write.done().complete(null);
        });
    }

    public synchronized void failNextWrite(RuntimeException failure) {
        nextWriteFailure = failure;
    }

    /** How far behind its leader a replica says it is. */
    public void stale(long millis) {
        staleMillis = millis;
    }

    public void damaged() {
        damaged = true;
        staleMillis = Long.MAX_VALUE;
    }

    public synchronized void holdBarriers() {
        holdBarriers = true;
    }

    public void releaseBarriers(@Nullable RuntimeException failure) {
        List<CompletableFuture<Long>> now;
        synchronized (this) {
            holdBarriers = false;
            now = List.copyOf(heldBarriers);
            heldBarriers.clear();
        }
        for (var barrier : now) {
            if (failure == null) {
                barrier.complete(0L);
            } else {
                barrier.completeExceptionally(failure);
            }
        }
    }

    public void office(int group, boolean serving) {
        List<Consumer<OfficeChange>> told;
        synchronized (this) {
            told = List.copyOf(listeners);
        }
        told.forEach(listener -> listener.accept(new OfficeChange(group, 2, serving)));
    }

    public synchronized int writes() {
        return writes;
    }

    public synchronized int barriers() {
        return barriers;
    }

    /** Whether anybody waits for news of office: he has then been told what is held. */
    public synchronized boolean watched() {
        return !listeners.isEmpty();
    }

    /** Writes as another incarnation of the entity would. */
    public void writeElsewhere(String persistenceId, List<RowChange> changes) {
        var at = rows(groupOf(persistenceId));
        at.append(persistenceId, at.sequenceNumber(persistenceId), changes);
    }

    // ---- what the plugin does ----

    CompletionStage<Void> append(String persistenceId, long expected, List<RowChange> changes) {
        Runnable write = () -> rows(groupOf(persistenceId)).append(persistenceId, expected, changes);
        synchronized (this) {
            writes++;
            var failure = nextWriteFailure;
            if (failure != null) {
                nextWriteFailure = null;
                return CompletableFuture.failedFuture(failure);
            }
            if (holdWrites) {
                var done = new CompletableFuture<Void>();
                held.add(new HeldWrite(write, done));
                return done;
            }
        }
        write.run();
        return CompletableFuture.completedFuture(null);
    }

    // ---- the port ----

    @Override
    public FakeRows rows(int group) {
        var found = rows.get(group);
        if (found == null) {
            throw new IllegalArgumentException("no replica of group " + group);
        }
        return found;
    }

    @Override
    public boolean hasReplica(int group) {
        return rows.containsKey(group);
    }

    @Override
    public CompletionStage<Long> barrier(int group) {
        if (!leading) {
            return CompletableFuture.failedFuture(new NotLeaderException(LEADER));
        }
        synchronized (this) {
            barriers++;
            if (holdBarriers) {
                var held = new CompletableFuture<Long>();
                heldBarriers.add(held);
                return held;
            }
        }
        return CompletableFuture.completedFuture(rows(group).appliedIndex());
    }

    @Override
    public CompletionStage<Void> applied(int group, long index) {
        return rows(group).applied(index);
    }

    @Override
    public long staleMillis(int group) {
        return staleMillis;
    }

    @Override
    public List<ReplicaStatus> status() {
        var role = damaged ? "damaged" : "follower";
        return rows.keySet().stream()
                .map(group -> new ReplicaStatus(group, role, 1, LEADER, 0, 0, 0, 0))
                .toList();
    }

    @Override
    public int groups() {
        return groups;
    }

    @Override
    public long leaderOf(int group) {
        return LEADER;
    }

    @Override
    public void hint(int group, long leader) {}

    @Override
    public List<Long> replicasOf(int group) {
        return List.of(1L);
    }

    @Override
    public synchronized void onOffice(Consumer<OfficeChange> listener) {
        listeners.add(listener);
        for (var group = 0; leading && group < groups; group++) {
            listener.accept(new OfficeChange(group, 1, true));
        }
    }

    /** Rows of one group. */
    public static final class FakeRows implements Rows {
        private final ConcurrentSkipListMap<byte[], byte[]> rows = new ConcurrentSkipListMap<>(Arrays::compareUnsigned);
        private final Map<String, Long> sequenceNumbers = new HashMap<>();
        private final List<Waiter> waiters = new ArrayList<>();
        private long appliedIndex;
        private @Nullable RuntimeException nextReadFailure;

        /** The next look at a sequence number fails, as while the rows are being replaced. */
        public synchronized void failNextRead(RuntimeException failure) {
            nextReadFailure = failure;
        }

        private volatile boolean replaced;

        /** From now on they are being replaced. */
        public void replace() {
            replaced = true;
        }

        /** Puts rows in place without an entity. */
        public synchronized void change(List<RowChange> changes) {
            for (var change : changes) {
                var value = change.value();
                if (value == null) {
                    rows.remove(change.key());
                } else {
                    rows.put(change.key(), value);
                }
            }
        }

        void append(String persistenceId, long expected, List<RowChange> changes) {
            List<Waiter> reached;
            synchronized (this) {
                if (sequenceNumber(persistenceId) != expected) {
                    throw new IllegalStateException("refused: another sequence number");
                }
                change(changes);
                sequenceNumbers.put(persistenceId, expected + 1);
                appliedIndex++;
                reached = waiters.stream()
                        .filter(waiter -> waiter.index() <= appliedIndex)
                        .toList();
                waiters.removeAll(reached);
            }
            reached.forEach(waiter -> waiter.done().complete(null));
        }

        synchronized CompletionStage<Void> applied(long index) {
            if (appliedIndex >= index) {
                return CompletableFuture.completedFuture(null);
            }
            var waiter = new Waiter(index, new CompletableFuture<>());
            waiters.add(waiter);
            return waiter.done();
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            if (replaced) {
                throw new RowsReplacedException(1);
            }
            return rows.get(key);
        }

        @Override
        public RowCursor scan(byte[] from, byte[] to, boolean reverse) {
            var range = rows.subMap(from, true, to, false);
            var walk = List.copyOf((reverse ? range.descendingMap() : range).entrySet())
                    .iterator();
            return new RowCursor() {
                private Map.@Nullable Entry<byte[], byte[]> at;

                @Override
                public boolean next() {
                    at = walk.hasNext() ? walk.next() : null;
                    return at != null;
                }

                @Override
                public byte[] key() {
                    return here().getKey();
                }

                @Override
                public byte[] value() {
                    return here().getValue();
                }

                @Override
                public void close() {}

                private Map.Entry<byte[], byte[]> here() {
                    if (at == null) {
                        throw new IllegalStateException("the cursor is not on a row");
                    }
                    return at;
                }
            };
        }

        @Override
        public synchronized long sequenceNumber(String persistenceId) {
            var failure = nextReadFailure;
            if (failure != null) {
                nextReadFailure = null;
                throw failure;
            }
            return sequenceNumbers.getOrDefault(persistenceId, 0L);
        }

        @Override
        public synchronized long appliedIndex() {
            return appliedIndex;
        }
    }
}
