package io.murmuration.protocol.object;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request points: the service (no bucket), a bucket (no key) or an object, and the parameters of its query.
 *
 * @param bucket decoded; empty for the service
 * @param key decoded; empty for a bucket
 * @param query decoded names to values; of a name that comes twice the first
 */
public record ObjectAddress(String bucket, String key, Map<String, String> query) {
    /** Hosts of the service: AWS's, with or without a region, and the same of this machine. Possessive, so that no host uses up the stack. */
    private static final Pattern SERVICE =
            Pattern.compile("(?:(.+)\\.)?s3(?:[.-][a-z]{2}(?:-[a-z]++)++-\\d)?\\.(?:localhost|amazonaws\\.com)");

    private static final String ANY_HOST = ".localhost";

    /** Path style and host style. Names are not checked; refused is what cannot be decoded. */
    public static ObjectAddress of(RequestHead head) {
        var query = query(head.rawQuery());
        var path = head.rawPath().startsWith("/") ? head.rawPath().substring(1) : head.rawPath();
        var hostBucket = bucketOfHost(head.host());
        if (!hostBucket.isEmpty()) {
            return new ObjectAddress(hostBucket, PercentCode.decode(path, false), query);
        }
        int slash = path.indexOf('/');
        var bucket = slash < 0 ? path : path.substring(0, slash);
        var key = slash < 0 ? "" : path.substring(slash + 1);
        return new ObjectAddress(PercentCode.decode(bucket, false), PercentCode.decode(key, false), query);
    }

    /** The bucket that {@code bucket.s3.localhost}, {@code bucket.s3.amazonaws.com} or {@code bucket.localhost} names; empty for every other host. */
    public static String bucketOfHost(String host) {
        var name = nameOf(host);
        var match = SERVICE.matcher(name);
        if (match.matches()) {
            return match.group(1) == null ? "" : match.group(1);
        }
        return name.endsWith(ANY_HOST) ? name.substring(0, name.length() - ANY_HOST.length()) : "";
    }

    /** Whether the host is the service's own, or a bucket's there. */
    public static boolean isServiceHost(String host) {
        return SERVICE.matcher(nameOf(host)).matches();
    }

    private static String nameOf(String host) {
        int colon = host.lastIndexOf(':');
        return (colon < 0 ? host : host.substring(0, colon)).toLowerCase(Locale.ROOT);
    }

    public @Nullable String parameter(String name) {
        return query.get(name);
    }

    public boolean has(String parameter) {
        return query.containsKey(parameter);
    }

    private static Map<String, String> query(String raw) {
        if (raw.isEmpty()) {
            return Map.of();
        }
        var query = new LinkedHashMap<String, String>();
        for (var pair : raw.split("&")) {
            int equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            var value = equals < 0 ? "" : pair.substring(equals + 1);
            query.putIfAbsent(PercentCode.decode(name, true), PercentCode.decode(value, true));
        }
        return Collections.unmodifiableMap(query);
    }
}
