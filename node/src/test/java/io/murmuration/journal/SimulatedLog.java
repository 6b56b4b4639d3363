package io.murmuration.journal;

import io.murmuration.consensus.Entry;
import io.murmuration.consensus.HardState;
import io.murmuration.consensus.LogView;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The log of one replica on a simulated disk: writes wait, are synced together, and a crash keeps some first of those not yet synced.
 *
 * <p>It outlives the replica; {@link #mount} begins a new life.
 */
final class SimulatedLog implements ReplicaLog, LogView {
    /** How the disk takes its time. */
    interface Syncs {
        /** Runs the deed once a sync begun now is done, unless the node stops before. */
        void afterSync(Runnable deed);
    }

    /** As the core counts entries, so that a small bound brings even empty ones singly. */
    private static final int ENTRY_BYTES = 29;

    private record Write(Runnable change, Runnable durable) {}

    private final List<Entry> entries = new ArrayList<>();
    private final List<Write> syncing = new ArrayList<>();
    private final List<Write> waiting = new ArrayList<>();
    private @Nullable Syncs syncs;
    private HardState hardState = HardState.NEW;
    private long startIndex;
    private long startTerm;

    void mount(Syncs disk) {
        syncs = disk;
    }

    /** The node stops. A crash tears the tail: any number of the unsynced writes, in their order, reached the disk. */
    void crash(RandomGenerator random) {
        syncing.addAll(waiting);
        waiting.clear();
        if (!syncing.isEmpty()) {
            var kept = random.nextInt(syncing.size() + 1);
            syncing.subList(0, kept).forEach(write -> write.change().run());
            syncing.clear();
        }
        syncs = null;
    }

    void format(Entry first) {
        entries.add(first);
    }

    void lose() {
        entries.clear();
        hardState = HardState.NEW;
        startIndex = 0;
        startTerm = 0;
    }

    /** At once and durably; for a start that finds newer rows than log. */
    void restartAfter(long index, long term) {
        entries.clear();
        startIndex = index;
        startTerm = term;
    }

    @Override
    public LogView view() {
        return this;
    }

    @Override
    public HardState hardState() {
        return hardState;
    }

    @Override
    public void persist(@Nullable HardState changed, List<Entry> append, Runnable durable) {
        write(
                () -> {
                    if (changed != null) {
                        hardState = changed;
                    }
                    if (!append.isEmpty()) {
                        overwrite(append);
                    }
                },
                durable);
    }

    @Override
    public void truncate(long index) {
        if (index > startIndex) {
            startTerm = term(index);
            entries.subList(0, (int) (index - startIndex)).clear();
            startIndex = index;
        }
    }

    @Override
    public void reset(HardState kept, long index, long term, Runnable durable) {
        write(
                () -> {
                    hardState = kept;
                    restartAfter(index, term);
                },
                durable);
    }

    @Override
    public long firstIndex() {
        return startIndex + 1;
    }

    @Override
    public long lastIndex() {
        return startIndex + entries.size();
    }

    @Override
    public long term(long index) {
        return index == startIndex ? startTerm : at(index).term();
    }

    @Override
    public List<Entry> entries(long from, int bytesMax) {
        var chosen = new ArrayList<Entry>();
        var bytes = 0;
        for (var index = from; index <= lastIndex(); index++) {
            bytes += at(index).payload().length + ENTRY_BYTES;
            if (!chosen.isEmpty() && bytes > bytesMax) {
                break;
            }
            chosen.add(at(index));
        }
        return chosen;
    }

    private Entry at(long index) {
        return entries.get((int) (index - startIndex - 1));
    }

    private void overwrite(List<Entry> append) {
        var first = append.getFirst().index();
        if (first <= startIndex || first > lastIndex() + 1) {
            throw new IllegalStateException("entry " + first + " does not follow " + lastIndex());
        }
        entries.subList((int) (first - startIndex - 1), entries.size()).clear();
        entries.addAll(append);
    }

    private void write(Runnable change, Runnable durable) {
        waiting.add(new Write(change, durable));
        if (syncing.isEmpty()) {
            sync();
        }
    }

    private void sync() {
        if (syncs != null && !waiting.isEmpty()) {
            syncing.addAll(waiting);
            waiting.clear();
            syncs.afterSync(this::synced);
        }
    }

    private void synced() {
        var done = List.copyOf(syncing);
        syncing.clear();
        done.forEach(write -> {
            write.change().run();
            write.durable().run();
        });
        sync();
    }
}
