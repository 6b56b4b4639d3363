package io.murmuration.protocol.object.operation;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of an object's headers and given back as it was. Null where the client sent none.
 *
 * @param contentEncoding without {@code aws-chunked}, which is the way of one request and not the object's
 * @param metadata lower-case names without {@code x-amz-meta-}; with their values at most {@link #METADATA_BYTES_MAX}
 */
public record ObjectHeaders(
        String contentType,
        @Nullable String cacheControl,
        @Nullable String contentDisposition,
        @Nullable String contentEncoding,
        @Nullable String contentLanguage,
        @Nullable String expires,
        Map<String, String> metadata) {
    public static final int METADATA_BYTES_MAX = 2048;
    /** Of an object whose writer named no type. */
    public static final String DEFAULT_TYPE = "binary/octet-stream";
}
