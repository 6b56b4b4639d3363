package io.murmuration.journal;

import java.util.TreeMap;

/** The terms of a log's entries: terms never fall along a log, so a few runs tell them all. Not safe for use by several threads. */
final class TermRuns {
    private final TreeMap<Long, Long> termByFirstIndex = new TreeMap<>();

    /** The term of an entry that was added and not dropped. */
    long at(long index) {
        var run = termByFirstIndex.floorEntry(index);
        if (run == null) {
            throw new IllegalArgumentException("no entry " + index);
        }
        return run.getValue();
    }

    void add(long index, long term) {
        var last = termByFirstIndex.lastEntry();
        if (last == null || last.getValue() != term) {
            termByFirstIndex.put(index, term);
        }
    }

    void dropFrom(long index) {
        termByFirstIndex.tailMap(index, true).clear();
    }

    /** Drops the entries up to {@code index}, which was added. */
    void dropUpTo(long index) {
        long next = index + 1;
        long term = at(next);
        termByFirstIndex.headMap(next, true).clear();
        termByFirstIndex.put(next, term);
    }

    void clear() {
        termByFirstIndex.clear();
    }
}
