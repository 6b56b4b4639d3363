package io.murmuration.object.index;

/** An upload in parts, by the key that it is for: that decides its shard. */
public record UploadKey(String key, UploadId id) {}
