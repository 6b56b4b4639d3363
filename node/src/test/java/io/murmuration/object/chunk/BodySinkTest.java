package io.murmuration.object.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** Every copy that was begun must be ended or aborted: else its file stays open. */
class BodySinkTest {
    private static final ByteString FOUR = ByteString.fromString("bird");

    private final List<HeldCopy> copies = new ArrayList<>();
    private final List<ChunkRef> plan = List.of(chunk(1), chunk(2));
    private final BodySink sink =
            new BodySink(plan, chunk -> new ChunkUpload(chunk, node -> begin(), ConcurrentHashMap.newKeySet()));

    @Test
    void a_body_is_cut_into_its_chunks() {
        var written = sink.write(FOUR.concat(FOUR)).toCompletableFuture();
        copies.get(0).taken.complete(null);
        copies.get(0).ended.complete(null);
        copies.get(1).taken.complete(null);
        copies.get(1).ended.complete(null);

        assertThat(written).isCompleted();
        assertThat(sink.end().toCompletableFuture()).isCompleted();
        assertThat(copies).hasSize(2).noneMatch(copy -> copy.aborted);
    }

    @Test
    void a_client_that_goes_away_while_a_chunk_is_filled_leaves_no_copy() {
        var written = sink.write(FOUR.concat(FOUR)).toCompletableFuture();

        sink.abort();
        assertThat(copies.getFirst().aborted).as("while it is being written").isFalse();
        copies.getFirst().taken.complete(null);

        assertThat(written).isCompletedExceptionally();
        assertThat(copies).hasSize(1).allMatch(copy -> copy.aborted && !copy.asked);
    }

    @Test
    void a_chunk_whose_last_piece_is_not_taken_is_dropped() {
        var written = sink.write(FOUR).toCompletableFuture();
        copies.getFirst().taken.completeExceptionally(new IllegalStateException("the disk is full"));

        assertThat(written).isCompletedExceptionally();
        sink.abort();
        assertThat(copies).hasSize(1).allMatch(copy -> copy.aborted);
    }

    @Test
    void a_body_that_was_given_up_takes_nothing() {
        sink.abort();

        assertThat(sink.write(FOUR).toCompletableFuture()).isCompletedExceptionally();
        assertThat(copies).isEmpty();
    }

    private HeldCopy begin() {
        var copy = new HeldCopy();
        copies.add(copy);
        return copy;
    }

    private static ChunkRef chunk(long low) {
        return new ChunkRef(new ChunkId(0, low), FOUR.size(), List.of(1L));
    }

    /** A copy that takes and ends when the test says so. */
    private static final class HeldCopy implements CopyWriter {
        private final CompletableFuture<Void> taken = new CompletableFuture<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private boolean asked;
        private boolean aborted;

        @Override
        public CompletionStage<?> write(ByteString bytes) {
            return taken;
        }

        @Override
        public CompletionStage<?> end(int sum) {
            asked = true;
            return ended;
        }

        @Override
        public void abort() {
            aborted = true;
        }
    }
}
