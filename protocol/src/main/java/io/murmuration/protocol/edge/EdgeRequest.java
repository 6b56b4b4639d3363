package io.murmuration.protocol.edge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests of CloudFront's REST interface that are understood. Ids are as the client sent them. */
public sealed interface EdgeRequest {
    record CreateDistribution(DistributionConfig config) implements EdgeRequest {}

    record GetDistribution(String id) implements EdgeRequest {}

    record GetDistributionConfig(String id) implements EdgeRequest {}

    /** @param etag that the distribution must have; null if the client named none, which is refused */
    record UpdateDistribution(String id, @Nullable String etag, DistributionConfig config) implements EdgeRequest {}

    /**
     * @param marker where the last page ended; null for the first
     * @param itemsMax in {@code [1, 100]}
     */
    record ListDistributions(@Nullable String marker, int itemsMax) implements EdgeRequest {}

    /** @param etag as for an update */
    record DeleteDistribution(String id, @Nullable String etag) implements EdgeRequest {}

    record CreateInvalidation(String distribution, Batch batch) implements EdgeRequest {}

    record GetInvalidation(String distribution, String id) implements EdgeRequest {}

    /** Marker and maximum as for distributions. */
    record ListInvalidations(String distribution, @Nullable String marker, int itemsMax) implements EdgeRequest {}

    /**
     * What to forget.
     *
     * @param paths 1 to 3000, as the client wrote them
     */
    record Batch(List<String> paths, String callerReference) {
        public Batch {
            paths = List.copyOf(paths);
        }
    }
}
