package io.murmuration.function.code;

import java.util.concurrent.CompletionStage;

/** Zips of functions' code by their ids, see {@link CodeId}. Any thread. */
public interface CodeStore {
    /** As Lambda's limit for a zip in a request, in bytes. */
    int ZIP_BYTES_MAX = 50 << 20;

    /**
     * Completes with the zip's id once it is durable on a majority of its nodes; storing it again does no harm. Fails with a {@link
     * io.murmuration.protocol.ServiceException} {@code UNAVAILABLE} if it could not be stored on so many.
     *
     * @param zip at most {@link #ZIP_BYTES_MAX}, not to be changed
     */
    CompletionStage<CodeId> put(byte[] zip);

    /** Fails with a {@link io.murmuration.protocol.ServiceException} {@code UNAVAILABLE} if no node that can be reached has it. */
    CompletionStage<byte[]> get(CodeId id);
}
