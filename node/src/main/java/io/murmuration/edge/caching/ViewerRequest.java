package io.murmuration.edge.caching;

/**
 * The head of a viewer's request.
 *
 * @param method as it came; methods are case-sensitive
 * @param path percent-encoded as it came, from its first slash on
 * @param query what follows the question mark; empty if there is none
 */
public record ViewerRequest(String method, String path, String query, Headers headers) {
    /** Path and query as a request line has them. */
    public String uri() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    /** Whether it wants something else than the whole under some circumstances: a part, or nothing if it has it. */
    public boolean conditional() {
        for (var field : headers.fields()) {
            var name = field.name();
            if (name.regionMatches(true, 0, "If-", 0, 3) || name.equalsIgnoreCase("Range")) {
                return true;
            }
        }
        return false;
    }

    /** The same with other headers. */
    public ViewerRequest with(Headers others) {
        return new ViewerRequest(method, path, query, others);
    }
}
