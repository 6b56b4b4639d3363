package io.murmuration.edge.behaviour;

import io.murmuration.edge.caching.Headers;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What of {@code Accept-Encoding} matters, in CloudFront's four words: {@code br,gzip}, {@code br}, {@code gzip} or nothing. */
final class AcceptEncoding {
    private static final Pattern ZERO = Pattern.compile("\\s*;\\s*[qQ]\\s*=\\s*0(?:\\.0{0,3})?\\s*");

    private AcceptEncoding() {}

    /** Empty if neither is allowed or accepted. */
    static String normalized(Headers headers, boolean gzip, boolean brotli) {
        if (!headers.has("Accept-Encoding")) {
            return "";
        }
        var accepted = accepted(headers);
        var any = accepted.getOrDefault("*", false);
        var codings = new ArrayList<String>();
        if (brotli && accepted.getOrDefault("br", any)) {
            codings.add("br");
        }
        if (gzip && accepted.getOrDefault("gzip", accepted.getOrDefault("x-gzip", any))) {
            codings.add("gzip");
        }
        return String.join(",", codings);
    }

    /** Whether each coding that is named is wanted: a weight of zero refuses it (RFC 9110, 12.5.3). */
    private static Map<String, Boolean> accepted(Headers headers) {
        var accepted = new TreeMap<String, Boolean>();
        for (var member : headers.tokens("Accept-Encoding")) {
            var semicolon = member.indexOf(';');
            var coding = semicolon < 0 ? member : member.substring(0, semicolon).strip();
            accepted.put(
                    coding,
                    semicolon < 0 || !ZERO.matcher(member.substring(semicolon)).matches());
        }
        return accepted;
    }
}
