package io.murmuration.protocol.object.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an object is read.
 *
 * @param range the header {@code Range} as sent; null for all
 * @param partNumber read this part of a multipart upload alone; null for all. Never beside a range
 * @param checksums the reply tells the object's checksum
 * @param overrides headers of the reply that the client wants otherwise, by name
 */
public record Reading(
        ReadConditions conditions,
        @Nullable String range,
        @Nullable Integer partNumber,
        boolean checksums,
        Map<String, String> overrides) {}
