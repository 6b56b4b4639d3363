package io.murmuration.object.chunk;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;

/** Replicated chunks, on whichever nodes they are. Safe for use by many threads. */
public interface Chunks {
    /** What one read brings at most: it is in memory at once. */
    int READ_BYTES_MAX = 128 << 10;

    /**
     * New chunks for a body, none of them written yet: their index must know them first. Fails with a {@code ServiceException} ({@code UNAVAILABLE}) if
     * this node hears too few others to place them.
     *
     * @param group of the index that will know them
     * @param bytes of the body; without bytes it has no chunks
     */
    List<ChunkRef> plan(int group, long bytes);

    /** Writes the body of these chunks. */
    BodySink write(List<ChunkRef> plan);

    /** The bytes {@code [from, to)}, at most {@link #READ_BYTES_MAX}, verified, of the nearest copy that is whole. */
    CompletionStage<ByteString> read(ChunkRef chunk, int from, int to);

    /** Removes the chunks from those of their places that answer; what is left there the scrubbers find. Never fails. */
    CompletionStage<Void> delete(List<ChunkRef> chunks);

    /** Makes this node's own copy anew, from the other places' and what is whole of its own, if it is missing or damaged. */
    CompletionStage<Void> repair(ChunkRef chunk);

    /** The same, if it is missing or known to be damaged, and whether it was: one that is there is not read. */
    CompletionStage<Boolean> repairMissing(ChunkRef chunk);
}
