package io.murmuration.base;

import java.util.HashMap;
import java.util.Map;

/**
 * Room for work of several kinds, of which none can take it all: beyond its first piece a kind is given more only while what it then holds is at most
 * half of what is left. One alone so gets a third of all; each further one that never gives back gets a third of the rest, and something is left for
 * the next. Safe for use by many threads.
 *
 * @param <K> tells the kinds apart
 */
public final class FairShares<K> {
    private static final int WHOLE = 3;
    private static final int REST = 2;

    private final long total;
    private final Map<K, Long> held = new HashMap<>();
    private long free;

    /** @param total in whatever unit is asked for */
    public FairShares(long total) {
        this.total = total;
        this.free = total;
    }

    /** Whether it was given. A first piece may be up to a third of all, if that is free. */
    public synchronized boolean take(K kind, long amount) {
        var before = held.getOrDefault(kind, 0L);
        var left = free - amount;
        var fair = before == 0 ? WHOLE * amount <= total : REST * (before + amount) <= left;
        if (left < 0 || !fair) {
            return false;
        }
        held.put(kind, before + amount);
        free = left;
        return true;
    }

    public synchronized void giveBack(K kind, long amount) {
        held.computeIfPresent(kind, (same, all) -> all > amount ? all - amount : null);
        free += amount;
    }

    public synchronized long free() {
        return free;
    }
}
