package io.murmuration.gateway;

import io.murmuration.protocol.gateway.Stage;
import java.util.Optional;

/**
 * Where a request to an API goes: {@code {api}.execute-api.{anything}} as the host, or a path that begins with {@link #ROOT} and the API.
 *
 * @param path what follows, percent-encoded; begins with a slash
 * @param domainName that the API has
 */
public record ApiAddress(String api, String path, String domainName) {
    /** Of the path form, which needs no name to be resolved. */
    public static final String ROOT = "/_aws/execute-api/";

    private static final String IN_HOST = ".execute-api.";
    private static final String LOCAL = "localhost";

    /** Whether the request is one to an API. */
    public static boolean isOne(String host, String path) {
        return path.startsWith(ROOT) || ofHost(host) > 0;
    }

    /**
     * @param host without a port
     * @param path percent-encoded
     * @return empty if it is no request to an API
     */
    public static Optional<ApiAddress> of(String host, String path) {
        int end = ofHost(host);
        if (end > 0) {
            return Optional.of(new ApiAddress(host.substring(0, end), path.isEmpty() ? "/" : path, host));
        }
        if (!path.startsWith(ROOT)) {
            return Optional.empty();
        }
        int slash = path.indexOf('/', ROOT.length());
        var api = slash < 0 ? path.substring(ROOT.length()) : path.substring(ROOT.length(), slash);
        var rest = slash < 0 ? "/" : withoutDefaultStage(path.substring(slash));
        return Optional.of(new ApiAddress(api, rest, api + IN_HOST + LOCAL));
    }

    /** Where the API's name ends in the host; not above 0 if the host is none of an API. */
    private static int ofHost(String host) {
        int end = host.indexOf(IN_HOST);
        return end > 0 && host.indexOf('.') == end ? end : 0;
    }

    /** Only this form lets a caller name the default stage. */
    private static String withoutDefaultStage(String path) {
        var stage = "/" + Stage.DEFAULT;
        if (!path.startsWith(stage)) {
            return path;
        }
        var rest = path.substring(stage.length());
        return rest.isEmpty() ? "/" : rest.startsWith("/") ? rest : path;
    }
}
