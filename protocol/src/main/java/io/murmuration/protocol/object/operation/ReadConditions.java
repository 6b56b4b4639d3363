package io.murmuration.protocol.object.operation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When an object may be read. Null where the client set no condition.
 *
 * @param ifMatch a list of ETags or {@code *}, as sent
 * @param ifNoneMatch likewise
 * @param ifModifiedSince whole seconds
 * @param ifUnmodifiedSince whole seconds
 */
public record ReadConditions(
        @Nullable String ifMatch,
        @Nullable String ifNoneMatch,
        @Nullable Instant ifModifiedSince,
        @Nullable Instant ifUnmodifiedSince) {
    public static final ReadConditions NONE = new ReadConditions(null, null, null, null);
}
