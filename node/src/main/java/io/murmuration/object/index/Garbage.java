package io.murmuration.object.index;

import io.murmuration.object.chunk.ChunkRef;
import java.util.List;

/** What nothing refers to any more, to be removed. */
public sealed interface Garbage {
    /** Chunks of a body that never became a part, or of a part that was uploaded again. */
    record Loose(List<ChunkRef> chunks) implements Garbage {}

    /** All parts of an upload. */
    record Whole(UploadId upload) implements Garbage {}

    /** Those parts of a completed upload that the object was not made of. */
    record Spare(UploadId upload) implements Garbage {}

    /** Garbage and where it stands. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Found(byte[] rowKey, long bucket, Garbage garbage) {}
}
