package io.murmuration.object.chunk;

import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;

/** The chunks of other nodes. A stage fails if the node does not answer, or cannot do what it was asked; nothing is retried here. */
public interface ChunkPeers {
    /** Begins a copy of the chunk on the node. */
    CopyWriter write(long node, ChunkRef chunk);

    /** The bytes {@code [from, to)} of the node's copy, verified. */
    CompletionStage<ByteString> read(long node, ChunkId chunk, int from, int to);

    /** Removes those of the chunks that the node has. */
    CompletionStage<Void> delete(long node, List<ChunkId> chunks);

    /** Those of the chunks that the node has not, or knows to be damaged. */
    CompletionStage<List<ChunkId>> missing(long node, List<ChunkId> chunks);

    /** Has the node make itself a copy from what the other places have. */
    CompletionStage<Void> repair(long node, ChunkRef chunk);
}
