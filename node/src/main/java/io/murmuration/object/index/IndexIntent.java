package io.murmuration.object.index;

import io.murmuration.object.chunk.ChunkId;
import io.murmuration.object.chunk.ChunkRef;
import io.murmuration.protocol.object.operation.ObjectRequest.CompleteMultipartUpload;
import io.murmuration.protocol.object.operation.WriteConditions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a bucket's index is asked to decide. {@code nowMillis} is the clock of whoever asks. */
public sealed interface IndexIntent {
    /** Those that any node may ask. */
    sealed interface Remote extends IndexIntent {}

    /**
     * Chunks are going to be written.
     *
     * @param upload that they are to be a part of; null if they are to be an object
     */
    record Open(
            UploadId intent,
            List<ChunkRef> chunks,
            @Nullable UploadKey upload,
            long nowMillis) implements Remote {}

    /**
     * An object, whole.
     *
     * @param inline its bytes; null if it has chunks: then the entry's body names the intent
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Put(
            String key,
            ObjectEntry entry,
            byte @Nullable [] inline,
            WriteConditions conditions,
            Notices notices,
            long nowMillis)
            implements Remote {}

    /** @param part without its chunks, which are the intent's */
    record PutPart(UploadKey upload, PartEntry part, UploadId intent, long nowMillis) implements Remote {}

    /** The upload of these chunks is given up. */
    record Abort(UploadId intent, long nowMillis) implements Remote {}

    /** @param ifMatch ETag that the object must have, or {@code *}; null if any will do, or none */
    record Delete(String key, @Nullable String ifMatch, Notices notices, long nowMillis) implements Remote {}

    record CreateUpload(UploadKey upload, UploadEntry entry) implements Remote {}

    record Complete(UploadKey upload, CompleteMultipartUpload request, Notices notices, long nowMillis)
            implements Remote {}

    record AbortUpload(UploadKey upload, long nowMillis) implements Remote {}

    /** @param deletion its number */
    record Close(long deletion) implements Remote {}

    /** @param before open again if the deletion that closed it has a number below this */
    record Reopen(long before) implements Remote {}

    /** The bucket is gone from the catalogue: what is left of it becomes garbage. */
    record Purge(long nowMillis) implements IndexIntent {}

    /**
     * Chunks of this garbage were removed.
     *
     * @param parts of an upload, that they were in
     * @param last nothing of it is left
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Collect(byte[] garbage, List<Integer> parts, List<ChunkId> chunks, boolean last) implements IndexIntent {}

    /** These events were accepted. */
    record Told(List<StoredEvent> events) implements IndexIntent {}
}
