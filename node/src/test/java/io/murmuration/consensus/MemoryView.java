package io.murmuration.consensus;

import java.util.ArrayList;
import java.util.List;

/** The durable log of a tested replica. */
final class MemoryView implements LogView {
    private final List<Entry> entries = new ArrayList<>();
    private long startIndex;
    private long startTerm;

    void persist(List<Entry> append) {
        if (!append.isEmpty()) {
            entries.subList((int) (append.getFirst().index() - startIndex - 1), entries.size())
                    .clear();
            entries.addAll(append);
        }
    }

    void truncate(long index) {
        startTerm = term(index);
        entries.subList(0, (int) (index - startIndex)).clear();
        startIndex = index;
    }

    void reset(long index, long term) {
        entries.clear();
        startIndex = index;
        startTerm = term;
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
        return index == startIndex
                ? startTerm
                : entries.get((int) (index - startIndex - 1)).term();
    }

    @Override
    public List<Entry> entries(long from, int bytesMax) {
        return List.copyOf(entries.subList((int) (from - startIndex - 1), entries.size()));
    }
}
