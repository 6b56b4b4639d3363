package io.murmuration.edge.presence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.murmuration.edge.behaviour.CacheKey;
import io.murmuration.edge.caching.VaryRules;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a point of presence keeps, bounded by bytes: Caffeine decides what stays.
 *
 * <p>Owner: one point of presence; all threads use it.
 * <p>Invariants: every key that has an entry is in the index, because it is added before and removed within the entry's own {@code compute}. Nothing that
 * was fetched before an invalidation of its key is there after it: a {@link #put} puts its key into the index before it looks at its ticket, and an
 * invalidation revokes tickets before it looks into the index, so one of the two sees the other.
 * <p>Failure: none; what is evicted is fetched anew.
 */
final class CacheStore {
    private final Cache<CacheKey, Entry> entries;
    private final ConcurrentSkipListSet<CacheKey> index = new ConcurrentSkipListSet<>();
    private final ConcurrentSkipListSet<Ticket> tickets = new ConcurrentSkipListSet<>(Ticket.ORDER);
    private final AtomicLong ticketNumber = new AtomicLong();
    private final AtomicLong generation = new AtomicLong();
    private final int variantsMax;

    CacheStore(CacheLimits limits) {
        this.variantsMax = limits.variantsMax();
        this.entries = Caffeine.newBuilder()
                .maximumWeight(limits.storeBytesMax())
                .weigher((CacheKey key, Entry entry) -> key.sizeBytes() + entry.sizeBytes())
                .evictionListener((key, entry, cause) -> {
                    if (key != null) {
                        index.remove(key);
                    }
                })
                .executor(Runnable::run)
                .build();
    }

    /** The variants of one key, newest last; compared by identity. */
    static final class Entry {
        static final Entry NONE = new Entry(List.of());

        private final List<StoredResponse> responses;

        Entry(List<StoredResponse> responses) {
            this.responses = List.copyOf(responses);
        }

        List<StoredResponse> responses() {
            return responses;
        }

        int sizeBytes() {
            return responses.stream().mapToInt(StoredResponse::sizeBytes).sum();
        }
    }

    /** {@link Entry#NONE} if nothing is kept. */
    Entry find(CacheKey key) {
        var entry = entries.getIfPresent(key);
        return entry == null ? Entry.NONE : entry;
    }

    /** To be taken before the origin is asked, and given back when it was. */
    Ticket begin(CacheKey key) {
        var ticket = new Ticket(key, ticketNumber.incrementAndGet(), generation.get());
        tickets.add(ticket);
        return ticket;
    }

    /** Nothing is stored with it any more. */
    void end(Ticket ticket) {
        ticket.close();
        tickets.remove(ticket);
    }

    /** Keeps the response in the place of the same variant, unless its ticket was revoked: then it says false. */
    boolean put(Ticket ticket, StoredResponse response) {
        entries.asMap().compute(ticket.key(), (key, old) -> {
            index.add(key);
            var before = old == null ? Entry.NONE : old;
            var after = ticket.revoked() ? before : with(before, response);
            if (after.responses().isEmpty()) {
                index.remove(key);
                return null;
            }
            return after;
        });
        return !ticket.revoked();
    }

    /** Forgets this response, if it is still what is kept. */
    @SuppressWarnings("ReferenceEquality") // another that is equal was fetched later
    void remove(CacheKey key, StoredResponse response) {
        entries.asMap().computeIfPresent(key, (same, entry) -> {
            var kept = entry.responses().stream()
                    .filter(other -> other != response)
                    .toList();
            if (kept.isEmpty()) {
                index.remove(same);
                return null;
            }
            return kept.size() == entry.responses().size() ? entry : new Entry(kept);
        });
    }

    private Entry with(Entry before, StoredResponse response) {
        var kept = new ArrayList<StoredResponse>();
        for (var other : before.responses()) {
            if (!VaryRules.sameVariant(other.stored(), response.stored())) {
                kept.add(other);
            }
        }
        kept.add(response);
        return new Entry(kept.subList(Math.max(0, kept.size() - variantsMax), kept.size()));
    }

    /** Forgets what the path means, and keeps nothing of it that is being fetched. How many keys were forgotten. */
    int invalidate(String distribution, InvalidationPath path) {
        return invalidate(path.from(distribution), path.to(distribution));
    }

    /** The same for one URI, in whatever headers and cookies. */
    int invalidate(CacheKey key) {
        var from = new CacheKey(key.distribution(), key.uri(), "");
        return invalidate(from, new CacheKey(key.distribution(), key.uri() + Character.MIN_VALUE, ""));
    }

    /** All keys in {@code [from, to)}. */
    private int invalidate(CacheKey from, CacheKey to) {
        var number = generation.incrementAndGet();
        tickets.subSet(new Ticket(from, 0, 0), true, new Ticket(to, 0, 0), false)
                .forEach(ticket -> ticket.revoke(number));
        int forgotten = 0;
        for (var key : index.subSet(from, true, to, false)) {
            forgotten += forget(key) ? 1 : 0;
        }
        return forgotten;
    }

    private boolean forget(CacheKey key) {
        var forgotten = new AtomicBoolean();
        entries.asMap().computeIfPresent(key, (same, entry) -> {
            index.remove(same);
            forgotten.set(true);
            return null;
        });
        return forgotten.get();
    }

    /** How many invalidations there were. */
    long generation() {
        return generation.get();
    }

    /** Bytes of all that is kept. */
    long sizeBytes() {
        entries.cleanUp();
        return entries.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }

    /** For tests of the first invariant. */
    boolean indexed(CacheKey key) {
        return index.contains(key);
    }
}
