package io.murmuration.object.chunk;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;

/** Writes one copy of a chunk. Its methods are called one after the other; after a failed stage only {@link #abort}. */
public interface CopyWriter {
    /** Takes the bytes; completes when it can take more. */
    CompletionStage<?> write(ByteString bytes);

    /** Completes when the copy is durable, with the CRC32C of its bytes as its node received them. */
    CompletionStage<Integer> end();

    /** What was written is dropped. */
    void abort();
}
