package io.murmuration.object.index;

import io.murmuration.object.ListingRules;
import io.murmuration.object.chunk.ChunkId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an {@link IndexRead} found. */
public sealed interface IndexFound {
    /**
     * An object.
     *
     * @param entry null if there is none
     * @param inline its bytes, if they lie in the index and were asked for
     * @param spans the parts that it was uploaded in, if it was and they were asked for
     * @param parts their first, as many as an answer has room for
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Found(@Nullable ObjectEntry entry, byte @Nullable [] inline, List<PartSpan> spans, List<PartEntry> parts)
            implements IndexFound {}

    /** @param more there are others behind these */
    record Parts(List<PartEntry> parts, boolean more) implements IndexFound {}

    record Page(ListingRules.Page<ListedEntry> page) implements IndexFound {}

    /** @param entry null if there is no such upload */
    record Upload(@Nullable UploadEntry entry) implements IndexFound {}

    /** @param more there are others behind these, for which an answer has no room */
    record Uploads(List<ListedUpload> uploads, boolean more) implements IndexFound {}

    record ListedUpload(UploadKey upload, UploadEntry entry) {}

    record Known(List<ChunkId> chunks) implements IndexFound {}

    /** The bucket is closed for good or for the moment. */
    record Closed() implements IndexFound {}
}
