package io.murmuration.protocol.edge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What CloudFront's interface answers. Times are epoch milliseconds. */
public sealed interface EdgeReply {
    /** @param created whether by this very request */
    record DistributionShown(Distribution distribution, boolean created) implements EdgeReply {}

    record ConfigShown(String etag, DistributionConfig config) implements EdgeReply {}

    /** @param more whether there are others after these */
    record DistributionsListed(@Nullable String marker, int itemsMax, boolean more, List<Distribution> distributions)
            implements EdgeReply {}

    record DistributionDeleted() implements EdgeReply {}

    record InvalidationShown(String distribution, Invalidation invalidation, boolean created) implements EdgeReply {}

    record InvalidationsListed(@Nullable String marker, int itemsMax, boolean more, List<Invalidation> invalidations)
            implements EdgeReply {}

    /**
     * @param domain by which viewers reach it, with the port
     * @param deployed whether every node knows it as it is
     * @param invalidating batches that are under way
     */
    record Distribution(
            String id,
            String etag,
            String domain,
            boolean deployed,
            long modifiedMillis,
            int invalidating,
            DistributionConfig config) {}

    /** @param completed whether every point of presence has forgotten what it names */
    record Invalidation(String id, boolean completed, long createdMillis, EdgeRequest.Batch batch) {}
}
