package io.murmuration.protocol.object.operation;

import org.jspecify.annotations.Nullable;

/**
 * When an object may be written.
 *
 * @param ifMatch the ETag that the object there must have, quotes removed; null if any will do
 * @param ifAbsent no object may be there
 */
public record WriteConditions(@Nullable String ifMatch, boolean ifAbsent) {
    public static final WriteConditions NONE = new WriteConditions(null, false);
}
