package io.murmuration.consensus;

import static io.murmuration.consensus.Invariant.check;

import java.util.ArrayList;
import java.util.List;

/**
 * The whole log of a replica: what is durable, by {@link LogView}, and in memory every entry that is not yet reported durable, with some of
 * the newest durable ones before them.
 *
 * <p>The view may show entries at or after {@code memoryFirst} that have been overwritten here and not yet there: they are never read.
 */
final class RaftLog {
    /** What an entry costs on the way beside its payload. */
    private static final int ENTRY_BYTES = 29;

    private final LogView view;
    private final int tailBytesMax;
    private final List<Unpersisted> unpersisted = new ArrayList<>();
    private final List<Entry> memory = new ArrayList<>();
    private long memoryFirst;
    private long memoryBytes;
    private long durableIndex;

    /** Once this step is durable, so is everything up to {@code last}. */
    private record Unpersisted(long step, long last) {}

    RaftLog(LogView view, int tailBytesMax) {
        this.view = view;
        this.tailBytesMax = tailBytesMax;
        this.durableIndex = view.lastIndex();
        this.memoryFirst = durableIndex + 1;
    }

    long firstIndex() {
        return view.firstIndex();
    }

    long lastIndex() {
        return memoryFirst + memory.size() - 1;
    }

    long lastTerm() {
        return term(lastIndex());
    }

    long durableIndex() {
        return durableIndex;
    }

    long term(long index) {
        return index >= memoryFirst ? inMemory(index).term() : view.term(index);
    }

    boolean holds(long index, long term) {
        return index >= firstIndex() - 1 && index <= lastIndex() && term(index) == term;
    }

    /** Entries from {@code from} on, up to {@code bytesMax} but at least one; fewer than there are at the border of memory. */
    List<Entry> entries(long from, long to, int bytesMax) {
        if (from > Math.min(to, lastIndex())) {
            return List.of();
        }
        if (from < memoryFirst) {
            var end = Math.min(to, memoryFirst - 1);
            return view.entries(from, bytesMax).stream()
                    .takeWhile(entry -> entry.index() <= end)
                    .toList();
        }
        var chosen = new ArrayList<Entry>();
        var bytes = 0L;
        for (var index = from; index <= Math.min(to, lastIndex()); index++) {
            var entry = inMemory(index);
            bytes += entry.payload().length + ENTRY_BYTES;
            if (bytes > bytesMax && !chosen.isEmpty()) {
                break;
            }
            chosen.add(entry);
        }
        return chosen;
    }

    /** Appends, after dropping every entry at or after the first one's index. */
    void append(List<Entry> entries, long step) {
        var first = entries.getFirst().index();
        check(first <= lastIndex() + 1, "a log has no gaps");
        if (first <= lastIndex()) {
            dropFrom(first);
        }
        for (var entry : entries) {
            check(entry.index() == lastIndex() + 1, "indexes of a log are consecutive");
            memory.add(entry);
            memoryBytes += entry.payload().length;
        }
        unpersisted.add(new Unpersisted(step, lastIndex()));
    }

    void persisted(long step) {
        while (!unpersisted.isEmpty() && unpersisted.getFirst().step() <= step) {
            durableIndex = Math.max(durableIndex, unpersisted.removeFirst().last());
        }
        trim();
    }

    /** The log now starts after {@code index}, and so does the view. */
    void reset(long index) {
        memory.clear();
        memoryBytes = 0;
        unpersisted.clear();
        memoryFirst = index + 1;
        durableIndex = index;
    }

    /**
     * The last index up to {@code limit} whose term is at most {@code term}, {@code firstIndex() - 2} if none is known. Terms never fall along a
     * log, so halving finds it.
     */
    long lastWithTermAtMost(long term, long limit) {
        var below = firstIndex() - 2;
        var above = limit + 1;
        while (above - below > 1) {
            var middle = below + (above - below) / 2;
            if (term(middle) <= term) {
                below = middle;
            } else {
                above = middle;
            }
        }
        return below;
    }

    private Entry inMemory(long index) {
        return memory.get((int) (index - memoryFirst));
    }

    private void dropFrom(long index) {
        while (!memory.isEmpty() && lastIndex() >= index) {
            memoryBytes -= memory.removeLast().payload().length;
        }
        memoryFirst = Math.min(memoryFirst, index);
        durableIndex = Math.min(durableIndex, index - 1);
        unpersisted.replaceAll(each -> new Unpersisted(each.step(), Math.min(each.last(), index - 1)));
    }

    /** Lets the tail grow to twice its bound before cutting it, so that cutting costs little per entry. */
    private void trim() {
        if (memoryBytes <= 2L * tailBytesMax) {
            return;
        }
        var cut = 0;
        while (cut < memory.size() && memoryBytes > tailBytesMax && memoryFirst + cut <= durableIndex) {
            memoryBytes -= memory.get(cut).payload().length;
            cut++;
        }
        memory.subList(0, cut).clear();
        memoryFirst += cut;
    }
}
