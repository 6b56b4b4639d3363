package io.murmuration.edge.caching;

/** What to do with a request. */
public sealed interface Verdict {
    /** Answer with what is stored. */
    record Serve(Freshness freshness) implements Verdict {}

    /** Answer with what is stored although it is stale, and validate it afterwards (RFC 5861, 3). */
    record ServeAndRevalidate(Freshness freshness, Headers conditions) implements Verdict {}

    /** Ask the origin whether what is stored still holds, with these headers. */
    record Revalidate(Forward reason, Headers conditions) implements Verdict {}

    /** Fetch it from the origin, for all who want it. */
    record Fetch(Forward reason) implements Verdict {}

    /** Hand this very request to the origin, and its answer to this viewer alone. */
    record Pass(Forward reason) implements Verdict {}

    /** 504: the viewer wants a stored response, and none will do (RFC 9111, 5.2.1.7). */
    record Unsatisfiable() implements Verdict {}
}
