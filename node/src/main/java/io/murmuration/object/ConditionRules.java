package io.murmuration.object;

import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.object.ObjectErrors;
import io.murmuration.protocol.object.operation.ReadConditions;
import io.murmuration.protocol.object.operation.WriteConditions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether conditions hold, and what to say if not. Order of the reads' conditions: RFC 9110, 13.2.2. ETags are given without quotes. Each answers null if
 * all hold.
 */
public final class ConditionRules {
    private ConditionRules() {}

    /** Of a GET or HEAD of the object that is there. */
    public static @Nullable ServiceError read(ReadConditions conditions, String etag, Instant modified) {
        var failed = mustBe(conditions, etag, modified);
        if (failed != null) {
            return ObjectErrors.preconditionFailed(failed);
        }
        return mustNotBe(conditions, etag, modified) == null ? null : ObjectErrors.notModified();
    }

    /** Of a copy, on its source: what would be "not modified" for a read fails here. */
    public static @Nullable ServiceError copy(ReadConditions conditions, String etag, Instant modified) {
        var mustBe = mustBe(conditions, etag, modified);
        var failed = mustBe == null ? mustNotBe(conditions, etag, modified) : mustBe;
        return failed == null ? null : ObjectErrors.preconditionFailed("x-amz-copy-source-" + failed);
    }

    /** @param there ETag of the object that would be replaced; null if there is none */
    public static @Nullable ServiceError write(WriteConditions conditions, String key, @Nullable String there) {
        if (conditions.ifAbsent() && there != null) {
            return ObjectErrors.preconditionFailed("If-None-Match");
        }
        return match(conditions.ifMatch(), key, there);
    }

    /** @param there ETag of the object that would be deleted; null if there is none */
    public static @Nullable ServiceError delete(@Nullable String ifMatch, String key, @Nullable String there) {
        if ("*".equals(ifMatch)) {
            return there == null ? ObjectErrors.preconditionFailed("If-Match") : null;
        }
        return match(ifMatch, key, there);
    }

    private static @Nullable ServiceError match(@Nullable String ifMatch, String key, @Nullable String there) {
        if (ifMatch == null || ifMatch.equals(there)) {
            return null;
        }
        return there == null ? ObjectErrors.noSuchKey(key) : ObjectErrors.preconditionFailed("If-Match");
    }

    private static @Nullable String mustBe(ReadConditions conditions, String etag, Instant modified) {
        if (conditions.ifMatch() != null) {
            return names(conditions.ifMatch(), etag, false) ? null : "If-Match";
        }
        var since = conditions.ifUnmodifiedSince();
        return since == null || !seconds(modified).isAfter(since) ? null : "If-Unmodified-Since";
    }

    private static @Nullable String mustNotBe(ReadConditions conditions, String etag, Instant modified) {
        if (conditions.ifNoneMatch() != null) {
            return names(conditions.ifNoneMatch(), etag, true) ? "If-None-Match" : null;
        }
        var since = conditions.ifModifiedSince();
        return since == null || seconds(modified).isAfter(since) ? null : "If-Modified-Since";
    }

    /** @param weakToo a weak tag counts as its strong one (RFC 9110, 8.8.3.2) */
    private static boolean names(String header, String etag, boolean weakToo) {
        for (var item : header.split(",")) {
            var tag = item.strip();
            boolean weak = tag.startsWith("W/");
            var opaque = (weak ? tag.substring(2) : tag).replace("\"", "");
            if (opaque.equals("*") || (opaque.equals(etag) && (weakToo || !weak))) {
                return true;
            }
        }
        return false;
    }

    /** The headers have whole seconds; without this an object would be newer than its own Last-Modified. */
    private static Instant seconds(Instant modified) {
        return modified.truncatedTo(ChronoUnit.SECONDS);
    }
}
