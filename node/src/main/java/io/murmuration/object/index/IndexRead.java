package io.murmuration.object.index;

import io.murmuration.object.chunk.ChunkId;
import io.murmuration.protocol.object.operation.ObjectRequest.ListObjectsV2;
import java.util.List;

/** What is read of a group's rows. */
public sealed interface IndexRead {
    /** Those of one bucket. */
    sealed interface OfBucket extends IndexRead {
        long bucket();
    }

    /** @param withBytes also the bytes that lie in the index, or where the others are */
    record Find(long bucket, String key, boolean withBytes) implements OfBucket {}

    /** Parts of an upload in their order, from this number on; an answer may have fewer than there are. */
    record Parts(long bucket, UploadId upload, int from) implements OfBucket {}

    record Page(long bucket, ListObjectsV2 request) implements OfBucket {}

    record FindUpload(long bucket, UploadKey upload) implements OfBucket {}

    /** @param after keys behind this one, or the same key with a later id; empty for all */
    record Uploads(long bucket, String prefix, String after, String afterId, int max) implements OfBucket {}

    /** Which of these chunks something refers to. */
    record Known(List<ChunkId> chunks) implements IndexRead {}
}
