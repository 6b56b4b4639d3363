package io.murmuration.protocol.gateway;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What browsers are told about an API whose configuration says so: the Fetch standard's headers. */
public final class CorsRules {
    private static final String ALL = "*";
    private static final Pattern ORIGIN = Pattern.compile("\\*|https?://\\*|[a-z][a-z0-9+.-]*://[^/*\\s]+|null");
    private static final String PREFIX = "access-control-";

    private CorsRules() {}

    /** @throws io.murmuration.protocol.ServiceException if browsers would not heed it */
    public static void check(Cors cors) {
        for (var origin : cors.allowOrigins()) {
            if (!ORIGIN.matcher(origin.toLowerCase(Locale.ROOT)).matches()) {
                throw GatewayErrors.invalid("Invalid format for origin " + origin
                        + ": a scheme and a host, http://*, https://* or * is expected.");
            }
        }
        if (cors.allowCredentials() && cors.allowOrigins().contains(ALL)) {
            throw GatewayErrors.invalid("allowCredentials cannot be true when allowOrigins is *.");
        }
    }

    /** Whether pages of the origin may call the API. */
    public static boolean allows(Cors cors, String origin) {
        var asked = origin.toLowerCase(Locale.ROOT);
        for (var allowed : cors.allowOrigins()) {
            if (allowed.equals(ALL)
                    || allowed.equalsIgnoreCase(origin)
                    || (allowed.endsWith("://*") && asked.startsWith(allowed.substring(0, allowed.length() - 1)))) {
                return true;
            }
        }
        return false;
    }

    /** The headers of an answer to a page of this origin; none if the page may not read it. */
    public static Map<String, String> answer(Cors cors, String origin) {
        var headers = new LinkedHashMap<String, String>();
        if (!allows(cors, origin)) {
            return headers;
        }
        boolean toAll = cors.allowOrigins().contains(ALL);
        headers.put("access-control-allow-origin", toAll ? ALL : origin);
        if (!toAll) {
            headers.put("vary", "Origin");
        }
        if (cors.allowCredentials()) {
            headers.put("access-control-allow-credentials", "true");
        }
        if (!cors.exposeHeaders().isEmpty()) {
            headers.put("access-control-expose-headers", String.join(",", cors.exposeHeaders()));
        }
        return headers;
    }

    /** The headers of the answer to a browser that asks before it sends a page's request; none if the page may not send it. */
    public static Map<String, String> preflight(Cors cors, String origin) {
        var headers = answer(cors, origin);
        headers.remove("access-control-expose-headers");
        if (headers.isEmpty()) {
            return headers;
        }
        if (!cors.allowMethods().isEmpty()) {
            headers.put("access-control-allow-methods", String.join(",", cors.allowMethods()));
        }
        if (!cors.allowHeaders().isEmpty()) {
            headers.put("access-control-allow-headers", String.join(",", cors.allowHeaders()));
        }
        if (cors.maxAgeSeconds() != null) {
            headers.put("access-control-max-age", String.valueOf(cors.maxAgeSeconds()));
        }
        return headers;
    }

    /** Whether an integration's header is ignored where the gateway itself answers browsers. */
    public static boolean replaces(String header) {
        return header.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }
}
