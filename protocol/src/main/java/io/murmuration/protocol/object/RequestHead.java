package io.murmuration.protocol.object;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP request without its body.
 *
 * @param method in capitals
 * @param host of the header {@code Host}, with or without a port
 * @param rawPath as sent, percent-encoded; begins with a slash
 * @param rawQuery as sent, without the question mark; empty if there is none
 * @param headers names in any case, one value each; {@code Content-Length} and {@code Content-Type} are among them
 */
public record RequestHead(String method, String host, String rawPath, String rawQuery, Map<String, String> headers) {
    public RequestHead {
        var byName = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        headers = byName;
    }

    /** The header's value without white space around it; null if it is not there. */
    public @Nullable String header(String name) {
        var value = headers.get(name);
        return value == null ? null : value.strip();
    }

    public boolean has(String header) {
        return headers.containsKey(header);
    }

    /** Names of the headers, as sent. */
    public Set<String> names() {
        return headers.keySet();
    }
}
