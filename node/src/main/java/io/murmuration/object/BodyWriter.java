package io.murmuration.object;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a body into chunks as it streams: all but the last are as large as a chunk can be, a body without bytes has none.
 *
 * <p>Owner: whoever created it closes it. Closed before {@link #end} has returned it removes the chunks that it has written. Blocks on the disk; not for
 * use by several threads at once.
 */
final class BodyWriter implements AutoCloseable {
    /** A chunk of the body, in order. */
    record Chunk(ChunkId id, int bytes) {}

    private final ChunkStore store;
    private final Supplier<ChunkId> ids;
    private final List<Chunk> chunks = new ArrayList<>();
    private @Nullable ChunkWriter current;
    private boolean ended;

    BodyWriter(ChunkStore store, Supplier<ChunkId> ids) {
        this.store = store;
        this.ids = ids;
    }

    /** Appends what remains of the buffer. */
    void write(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            if (current == null) {
                current = store.create(ids.get());
            }
            int length = Math.min(current.room(), from.remaining());
            current.write(from.slice(from.position(), length));
            from.position(from.position() + length);
            if (current.room() == 0) {
                commit(current);
            }
        }
    }

    /** The body's chunks, all of them durable. */
    List<Chunk> end() throws IOException {
        if (current != null) {
            commit(current);
        }
        ended = true;
        return List.copyOf(chunks);
    }

    @Override
    public void close() throws IOException {
        if (current != null) {
            current.close();
            current = null;
        }
        if (!ended) {
            for (var chunk : chunks) {
                store.delete(chunk.id());
            }
            chunks.clear();
        }
    }

    private void commit(ChunkWriter writer) throws IOException {
        int bytes = ChunkStore.CHUNK_BYTES_MAX - writer.room();
        writer.commit();
        chunks.add(new Chunk(writer.id(), bytes));
        current = null;
    }
}
