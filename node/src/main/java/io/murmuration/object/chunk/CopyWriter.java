package io.murmuration.object.chunk;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;

/** Writes one copy of a chunk. Its methods are called one after the other; after a failed stage only {@link #abort}. */
public interface CopyWriter {
    /** Takes the bytes; completes when it can take more. */
    CompletionStage<?> write(ByteString bytes);

    /**
     * Completes when the copy is durable. A copy of which its node received other bytes fails and leaves nothing.
     *
     * @param sum CRC32C of all bytes
     */
    CompletionStage<?> end(int sum);

    /** What was written is dropped. */
    void abort();
}
