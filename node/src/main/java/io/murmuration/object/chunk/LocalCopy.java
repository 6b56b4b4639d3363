package io.murmuration.object.chunk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** A copy in this node's own store. Writes behind its caller, by at most {@link #BEHIND_BYTES_MAX}. */
final class LocalCopy implements CopyWriter {
    private static final int BEHIND_BYTES_MAX = 256 << 10;

    private final Executor disk;
    private final AtomicReference<@Nullable ChunkWriter> writer = new AtomicReference<>();
    private final Deque<Piece> behind = new ArrayDeque<>();
    private int behindBytes;
    private CompletableFuture<ChunkWriter> last;

    private LocalCopy(Creation creation, Executor disk) {
        this.disk = disk;
        this.last = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        var created = creation.create();
                        writer.set(created);
                        return created;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                disk);
    }

    private interface Creation {
        ChunkWriter create() throws IOException;
    }

    /** @param disk runs what waits for the disk */
    static LocalCopy create(ChunkStore store, ChunkId chunk, Executor disk) {
        return new LocalCopy(() -> store.create(chunk), disk);
    }

    /** In the place of a copy that is damaged or missing. */
    static LocalCopy replace(ChunkStore store, ChunkId chunk, Executor disk) {
        return new LocalCopy(() -> store.replace(chunk), disk);
    }

    @Override
    public CompletionStage<?> write(ByteString bytes) {
        last = last.thenApplyAsync(open -> append(open, bytes), disk);
        behind.add(new Piece(last, bytes.size()));
        behindBytes += bytes.size();
        CompletableFuture<?> room = CompletableFuture.completedFuture(null);
        while (behindBytes > BEHIND_BYTES_MAX) {
            var first = behind.remove();
            behindBytes -= first.bytes();
            room = first.written();
        }
        return room;
    }

    private record Piece(CompletableFuture<?> written, int bytes) {}

    @Override
    public CompletionStage<?> end(int sum) {
        last = last.thenApplyAsync(
                open -> {
                    try (open) {
                        if (open.sum() != sum) {
                            throw new IOException("The copy's bytes are not those that were sent.");
                        }
                        open.commit();
                        return open;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                disk);
        return last;
    }

    @Override
    public void abort() {
        var unused = last.handleAsync(
                (open, failure) -> {
                    close();
                    return null;
                },
                disk);
    }

    private void close() {
        var open = writer.get();
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static ChunkWriter append(ChunkWriter open, ByteString bytes) {
        try {
            for (var buffer : bytes.getByteBuffers()) {
                open.write(buffer);
            }
            return open;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
