package io.murmuration.edge.presence;

import io.murmuration.edge.caching.CachePolicy;
import io.murmuration.edge.caching.Freshness;
import io.murmuration.edge.caching.StoredHead;
import io.murmuration.edge.caching.VaryRules;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * A response that is kept; its chunks own their bytes. What every hit on it needs is worked out once and remembered: several threads may do so at
 * once, with the same result.
 */
public final class StoredResponse implements VaryRules.Stored {
    /** Measured on the heap: its place in the cache and in the index, its key, and what is worked out for its hits. */
    private static final int OVERHEAD_BYTES = 1024;

    private final StoredHead stored;
    private final List<ByteString> chunks;
    private final boolean varies;
    private volatile @Nullable Judged judged;
    private volatile @Nullable Object form;

    StoredResponse(StoredHead stored, List<ByteString> chunks) {
        this.stored = stored;
        this.chunks = List.copyOf(chunks);
        this.varies = stored.head().headers().has("Vary");
    }

    private record Judged(CachePolicy policy, Freshness.Basis basis) {}

    @Override
    public StoredHead stored() {
        return stored;
    }

    public List<ByteString> chunks() {
        return chunks;
    }

    boolean varies() {
        return varies;
    }

    @SuppressWarnings(
            "ReferenceEquality") // a behaviour keeps its policy; another that is equal is only judged once more
    Freshness freshness(CachePolicy policy, long nowMillis) {
        var before = judged;
        if (before == null || before.policy() != policy) {
            before = new Judged(policy, Freshness.Basis.of(stored, policy));
            judged = before;
        }
        return before.basis().at(nowMillis);
    }

    /** What an adapter makes of this response for all its viewers; of one type only. */
    public <T> T form(Class<T> type, Function<StoredResponse, T> make) {
        var before = form;
        if (before == null) {
            before = make.apply(this);
            form = before;
        }
        return type.cast(before);
    }

    StoredResponse with(StoredHead fresher) {
        return new StoredResponse(fresher, chunks);
    }

    Source<ByteString, NotUsed> body() {
        return Source.from(chunks);
    }

    /** Bytes {@code [from, to)} of it. */
    Source<ByteString, NotUsed> body(long from, long to) {
        var parts = new ArrayList<ByteString>();
        long at = 0;
        for (var chunk : chunks) {
            long end = at + chunk.size();
            if (end > from && at < to) {
                parts.add(chunk.slice((int) Math.max(0, from - at), (int) (Math.min(end, to) - at)));
            }
            at = end;
        }
        return Source.from(parts);
    }

    /** Of the body. */
    public long bodyBytes() {
        long bytes = 0;
        for (var chunk : chunks) {
            bytes += chunk.size();
        }
        return bytes;
    }

    int sizeBytes() {
        return OVERHEAD_BYTES
                + stored.head().headers().sizeBytes()
                + stored.selecting().sizeBytes()
                + chunks.stream().mapToInt(SharedBody::weight).sum();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoredResponse that && stored.equals(that.stored) && chunks.equals(that.chunks);
    }

    @Override
    public int hashCode() {
        return stored.hashCode();
    }
}
