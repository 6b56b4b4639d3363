package io.murmuration.identity;

import org.jspecify.annotations.Nullable;

/** A request as its signer saw it. */
public interface SignedRequest {
    String method();

    /** As sent, percent-encoded where the client did so. */
    String path();

    /** As sent, without the question mark; empty if there is none. */
    String query();

    /**
     * The header's value, null if absent.
     *
     * @param name in lower case
     */
    @Nullable
    String header(String name);

    byte[] body();
}
