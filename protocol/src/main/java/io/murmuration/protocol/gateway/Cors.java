package io.murmuration.protocol.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may call an API, and what the gateway tells browsers about it. An empty list is not told.
 *
 * @param allowOrigins exact origins, {@code *}, {@code http://*} or {@code https://*}
 * @param maxAgeSeconds how long a browser may keep what a preflight told; null if that is not told
 */
public record Cors(
        boolean allowCredentials,
        List<String> allowHeaders,
        List<String> allowMethods,
        List<String> allowOrigins,
        List<String> exposeHeaders,
        @Nullable Integer maxAgeSeconds) {
    public Cors {
        allowHeaders = List.copyOf(allowHeaders);
        allowMethods = List.copyOf(allowMethods);
        allowOrigins = List.copyOf(allowOrigins);
        exposeHeaders = List.copyOf(exposeHeaders);
    }
}
