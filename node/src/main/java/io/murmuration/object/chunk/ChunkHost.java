package io.murmuration.object.chunk;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.util.ByteString;

/** What other nodes ask of this node's chunks. */
public final class ChunkHost {
    private final ChunkStore store;
    private final Chunks chunks;
    private final Executor disk;

    /** @param disk runs what waits for the disk */
    public ChunkHost(ChunkStore store, Chunks chunks, Executor disk) {
        this.store = store;
        this.chunks = chunks;
        this.disk = disk;
    }

    public CopyWriter write(ChunkId chunk) {
        return LocalCopy.create(store, chunk, disk);
    }

    /** The bytes {@code [from, to)}, verified. */
    public CompletionStage<ByteString> read(ChunkId chunk, int from, int to) {
        return CompletableFuture.supplyAsync(() -> ReplicatedChunks.read(store, chunk, from, to), disk);
    }

    public CompletionStage<Void> delete(List<ChunkId> ids) {
        return CompletableFuture.runAsync(() -> ReplicatedChunks.delete(store, ids), disk);
    }

    /** Those that are missing or damaged here. */
    public CompletionStage<List<ChunkId>> missing(List<ChunkId> ids) {
        return CompletableFuture.supplyAsync(
                () -> ids.stream().filter(store::lacks).toList(), disk);
    }

    public CompletionStage<Void> repair(ChunkRef chunk) {
        return chunks.repair(chunk);
    }
}
