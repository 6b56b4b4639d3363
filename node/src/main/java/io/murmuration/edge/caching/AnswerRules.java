package io.murmuration.edge.caching;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The headers by which a viewer sees what a point of presence did: {@code Age}, {@code Via}, {@code X-Cache}, {@code Cache-Status}. */
public final class AnswerRules {
    private static final String STATUS = "Cache-Status";
    private static final String TTL = "; ttl=";

    private AnswerRules() {}

    /**
     * The head as the viewer gets it.
     *
     * @param presence the point of presence's id: letters, digits and hyphens
     * @param freshness of the stored response that answers, or null if none does
     */
    public static ResponseHead answer(
            ResponseHead head, String presence, Handling handling, @Nullable Freshness freshness, String uri) {
        var headers = head.headers();
        if (freshness != null) {
            // "the cache MUST generate an Age header field, replacing any present" (RFC 9111, 4)
            headers = headers.with("Age", Long.toString(Math.min(freshness.ageSeconds(), CacheControl.SECONDS_MAX)));
        }
        return head.with(headers.appended("Via", "1.1 " + presence + " (CloudFront)")
                .with("X-Cache", xCache(head.status(), handling))
                .with("X-Amz-Cf-Pop", presence)
                .appended(STATUS, cacheStatus(presence, handling, freshness, uri)));
    }

    /**
     * The head of a hit, but for what changes with time: {@code Age}, which is to be added, and in {@code Cache-Status} the time to live, which belongs
     * between the two parts of it.
     */
    public record HitHead(ResponseHead head, String statusBefore, String statusAfter) {}

    /** The unchanging part of what {@link #answer} makes of a fresh response that answers without its origin. */
    public static HitHead hit(ResponseHead head, String presence, String uri) {
        var answered = answer(head, presence, Handling.ofHit(), new Freshness(0, 0), uri);
        var status = answered.headers().joined(STATUS);
        int at = status.lastIndexOf(TTL + "0") + TTL.length();
        return new HitHead(
                answered.with(answered.headers().without(List.of("Age", STATUS))),
                status.substring(0, at),
                status.substring(at + 1));
    }

    /** CloudFront's words. */
    private static String xCache(int status, Handling handling) {
        if (status >= 400) {
            return "Error from cloudfront";
        }
        if (handling.hit() || handling.detail() != null) {
            return "Hit from cloudfront";
        }
        return Objects.equals(handling.forwardStatus(), 304) && handling.stored()
                ? "RefreshHit from cloudfront"
                : "Miss from cloudfront";
    }

    /** RFC 9211, 2. Its ttl may be negative: then the response was stale for so long. */
    private static String cacheStatus(String presence, Handling handling, @Nullable Freshness freshness, String uri) {
        var status = new StringBuilder("\"" + presence + "\"");
        if (handling.hit()) {
            status.append("; hit");
        }
        if (handling.forward() != null) {
            status.append("; fwd=").append(handling.forward().token());
        }
        if (handling.forwardStatus() != null) {
            status.append("; fwd-status=").append(handling.forwardStatus());
        }
        if (freshness != null) {
            status.append(TTL).append(freshness.ttlSeconds());
        }
        if (handling.stored()) {
            status.append("; stored");
        }
        if (handling.collapsed()) {
            status.append("; collapsed");
        }
        if (uri.chars().allMatch(letter -> letter > ' ' && letter < 127 && letter != '"' && letter != '\\')) {
            status.append("; key=\"").append(uri).append('"');
        }
        if (handling.detail() != null) {
            status.append("; detail=").append(handling.detail());
        }
        return status.toString();
    }
}
