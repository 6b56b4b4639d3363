package io.murmuration.journal;

import io.murmuration.consensus.Entry;
import io.murmuration.consensus.HardState;
import io.murmuration.consensus.LogView;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One group's log.
 *
 * <p>Owner: the {@link LogStore}. Its replica calls {@link #persist}, {@link #truncate} and {@link #reset}, one at a time; the store's thread reports
 * what became durable; any thread reads.
 * <p>Invariants: what the view shows is durable; the cache holds the newest entries of the view.
 * <p>Limits: {@link LogStoreOptions#entryCacheBytes}, and a handful of terms.
 */
final class GroupLog implements ReplicaLog, LogView {
    private final int group;
    private final LogReader reader;
    private final Consumer<LogWrite> writes;
    private final HardState hardState;
    private final TermRuns terms = new TermRuns();
    private final EntryCache cache;
    private LogStart start;
    private long last;
    private long submittedLast;
    private boolean damaged;

    /** @param writes takes what is to be written, in order; never fails */
    GroupLog(
            int group,
            LogReader reader,
            Consumer<LogWrite> writes,
            HardState hardState,
            LogStart start,
            int cacheBytes,
            boolean damaged) {
        this.group = group;
        this.reader = reader;
        this.writes = writes;
        this.hardState = hardState;
        this.start = start;
        this.last = start.index();
        this.submittedLast = start.index();
        this.damaged = damaged;
        this.cache = new EntryCache(cacheBytes);
        cache.clear(start.index() + 1);
    }

    int group() {
        return group;
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
    public synchronized boolean damaged() {
        return damaged;
    }

    @Override
    public synchronized void persist(@Nullable HardState changed, List<Entry> append, Runnable durable) {
        if (!append.isEmpty()) {
            long next = append.getFirst().index();
            check(next > start.index() && next <= submittedLast + 1, "an append leaves a gap", next);
            for (var entry : append) {
                check(entry.index() == next, "an append has a gap inside", next);
                next++;
            }
            submittedLast = next - 1;
        }
        writes.accept(new LogWrite.Persist(this, changed, List.copyOf(append), durable));
    }

    @Override
    public void truncate(long index) {
        LogStart before;
        synchronized (this) {
            if (index <= start.index()) {
                return;
            }
            check(index <= last, "a truncation goes beyond what is durable", index);
            before = new LogStart(
                    index, term(index), cache.holds(index) ? cache.get(index).checksum() : 0);
            if (cache.holds(index)) {
                truncateTo(before);
                return;
            }
        }
        // off the lock, for it reads the disk; nobody but this caller truncates
        var stored = reader.stored(group, index);
        if (stored == null) {
            throw reader.lost(group, index);
        }
        truncateTo(new LogStart(index, before.term(), stored.checksum()));
    }

    @Override
    public synchronized void reset(HardState changed, long index, long term, Runnable durable) {
        submittedLast = index;
        writes.accept(new LogWrite.Reset(this, changed, new LogStart(index, term, 0), durable));
    }

    @Override
    public void cured(Runnable durable) {
        writes.accept(new LogWrite.Cure(this, durable));
    }

    @Override
    public synchronized long firstIndex() {
        return start.index() + 1;
    }

    @Override
    public synchronized long lastIndex() {
        return last;
    }

    @Override
    public synchronized long term(long index) {
        if (index == start.index()) {
            return start.term();
        }
        check(index > start.index() && index <= last, "a term is asked for outside of the log", index);
        return terms.at(index);
    }

    @Override
    public List<Entry> entries(long from, int bytesMax) {
        long to;
        synchronized (this) {
            check(from > start.index(), "entries are asked for before the log's start", from);
            if (from > last) {
                return List.of();
            }
            if (cache.holds(from)) {
                return cache.entries(from, bytesMax);
            }
            to = cache.first();
        }
        var entries = reader.entries(group, from, to, bytesMax);
        if (entries.isEmpty()) {
            // One that was truncated while it was looked for is no damage.
            throw holds(from)
                    ? reader.lost(group, from)
                    : new IllegalArgumentException("group " + group + ": the log no longer holds " + from);
        }
        return entries;
    }

    synchronized boolean holds(long index) {
        return index > start.index() && index <= last;
    }

    synchronized LogStart start() {
        return start;
    }

    /** The store's thread, and before it the start of the store: these entries are durable and those behind them gone. */
    synchronized void appended(List<EntryCodec.Stored> appended) {
        for (var stored : appended) {
            var entry = stored.entry();
            if (entry.index() <= last) {
                terms.dropFrom(entry.index());
            }
            terms.add(entry.index(), entry.term());
            cache.add(stored);
            last = entry.index();
        }
        submittedLast = Math.max(submittedLast, last);
    }

    synchronized void wasReset(LogStart to) {
        start = to;
        last = to.index();
        terms.clear();
        cache.clear(to.index() + 1);
    }

    synchronized void wasCured() {
        damaged = false;
    }

    private synchronized void truncateTo(LogStart to) {
        if (to.index() == last) {
            terms.clear();
        } else {
            terms.dropUpTo(to.index());
        }
        start = to;
        cache.dropUpTo(to.index());
        writes.accept(new LogWrite.Truncate(this, to));
    }

    private void check(boolean holds, String broken, long index) {
        if (!holds) {
            throw new IllegalArgumentException("group " + group + ": " + broken + ": " + index);
        }
    }
}
