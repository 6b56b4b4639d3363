package io.murmuration.journal;

import io.murmuration.consensus.Entry;
import io.murmuration.consensus.HardState;
import io.murmuration.consensus.LogView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A log in memory whose disk moves only when {@link #sync} says so. */
final class MemoryLog implements ReplicaLog {
    private final ArrayDeque<Runnable> unsynced = new ArrayDeque<>();
    private final List<Entry> entries = new ArrayList<>();
    private long startIndex;
    private long startTerm;
    private HardState hardState = HardState.NEW;

    /** Writes and makes durable everything that was asked for so far. */
    void sync() {
        for (var write = unsynced.poll(); write != null; write = unsynced.poll()) {
            write.run();
        }
    }

    boolean isSynced() {
        return unsynced.isEmpty();
    }

    @Override
    public LogView view() {
        return new LogView() {
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
                return index == startIndex
                        ? startTerm
                        : entries.get(Math.toIntExact(index - startIndex - 1)).term();
            }

            @Override
            public List<Entry> entries(long from, int bytesMax) {
                var result = new ArrayList<Entry>();
                var bytes = 0;
                for (var index = from; index <= lastIndex(); index++) {
                    var entry = entries.get(Math.toIntExact(index - startIndex - 1));
                    bytes += entry.payload().length;
                    if (!result.isEmpty() && bytes > bytesMax) {
                        break;
                    }
                    result.add(entry);
                }
                return result;
            }
        };
    }

    @Override
    public HardState hardState() {
        return hardState;
    }

    @Override
    public void persist(@Nullable HardState changed, List<Entry> append, Runnable durable) {
        unsynced.add(() -> {
            if (changed != null) {
                hardState = changed;
            }
            if (!append.isEmpty()) {
                dropFrom(append.getFirst().index());
                entries.addAll(append);
            }
            durable.run();
        });
    }

    private void dropFrom(long index) {
        if (index > startIndex + entries.size() + 1 || index <= startIndex) {
            throw new IllegalStateException("entry " + index + " does not follow");
        }
        entries.subList(Math.toIntExact(index - startIndex - 1), entries.size()).clear();
    }

    @Override
    public void truncate(long index) {
        if (index > startIndex) {
            startTerm = view().term(index);
            entries.subList(0, Math.toIntExact(index - startIndex)).clear();
            startIndex = index;
        }
    }

    @Override
    public void reset(HardState kept, long index, long term, Runnable durable) {
        unsynced.add(() -> {
            hardState = kept;
            entries.clear();
            startIndex = index;
            startTerm = term;
            durable.run();
        });
    }
}
