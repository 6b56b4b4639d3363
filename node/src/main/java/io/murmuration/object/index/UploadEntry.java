package io.murmuration.object.index;

import io.murmuration.protocol.object.body.ChecksumAlgorithm;
import io.murmuration.protocol.object.body.ChecksumType;
import io.murmuration.protocol.object.operation.ObjectHeaders;
import org.jspecify.annotations.Nullable;

/** An upload in parts that was begun and neither completed nor aborted. */
public record UploadEntry(
        long createdMillis,
        ObjectHeaders headers,
        @Nullable ChecksumAlgorithm algorithm,
        @Nullable ChecksumType type) {}
