package io.murmuration.object.chunk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a body into the chunks that were planned for it, as it streams. While one chunk is being synced the next is written.
 *
 * <p>Owner: one upload; its methods are called one after the other, but {@link #abort} at any time. After a failure only that.
 * <p>Limits: {@link #ENDING_MAX} chunks are being synced at a time.
 */
public final class BodySink {
    private static final int ENDING_MAX = 2;
    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final List<ChunkRef> plan;
    private final Function<ChunkRef, ChunkUpload> uploads;
    private final Deque<CompletableFuture<Void>> ending = new ArrayDeque<>();
    private int next;
    private int room;
    private @Nullable ChunkUpload current;
    /** The latest piece. */
    private CompletableFuture<Void> last = DONE;

    private boolean aborted;

    BodySink(List<ChunkRef> plan, Function<ChunkRef, ChunkUpload> uploads) {
        this.plan = plan;
        this.uploads = uploads;
    }

    /** Takes more of the body, of which there must not be more than was planned; completes when it can take more. */
    public synchronized CompletionStage<Void> write(ByteString bytes) {
        if (bytes.isEmpty()) {
            return DONE;
        }
        if (aborted) {
            return CompletableFuture.failedFuture(givenUp());
        }
        var chunk = current == null ? begin() : current;
        int length = Math.min(room, bytes.size());
        room -= length;
        last = chunk.write(bytes.take(length)).toCompletableFuture();
        if (room > 0) {
            return last;
        }
        return last.thenCompose(taken -> end(chunk)).thenCompose(taken -> write(bytes.drop(length)));
    }

    /** Completes when all chunks are durable on a majority of their places. All that was planned must have been written. */
    public synchronized CompletionStage<Void> end() {
        if (current != null || next != plan.size()) {
            return CompletableFuture.failedFuture(new IllegalStateException("the body has fewer bytes than planned"));
        }
        return CompletableFuture.allOf(new ArrayList<>(ending).toArray(CompletableFuture<?>[]::new));
    }

    /**
     * The chunk being written is dropped, after the piece that it is being given; what is whole already is removed with the upload's intent. May be called
     * while a write is under way, which then begins no other chunk.
     */
    public synchronized void abort() {
        aborted = true;
        var unused = last.whenComplete((taken, failure) -> drop());
    }

    private synchronized void drop() {
        if (current != null) {
            current.abort();
            current = null;
        }
    }

    private ChunkUpload begin() {
        var chunk = plan.get(next++);
        room = chunk.bytes();
        var begun = uploads.apply(chunk);
        current = begun;
        return begun;
    }

    private synchronized CompletionStage<Void> end(ChunkUpload chunk) {
        if (aborted) {
            return CompletableFuture.failedFuture(givenUp());
        }
        current = null;
        ending.add(chunk.end().toCompletableFuture());
        return ending.size() > ENDING_MAX ? ending.remove() : DONE;
    }

    private static IllegalStateException givenUp() {
        return new IllegalStateException("the body was given up");
    }
}
