package io.murmuration.object.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.Done;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ChunkClientTest {
    private static final ByteString PIECE = ByteString.fromString("b");

    private final ActorTestKit kit = ActorTestKit.create();
    private final CompletableFuture<Object> answer = new CompletableFuture<>();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void a_copy_in_many_pieces_waits_for_its_answer_once() throws Exception {
        var copy = copy(Sink.ignore());
        int before = answer.getNumberOfDependents();

        for (int piece = 0; piece < 1_000; piece++) {
            copy.write(PIECE).toCompletableFuture().get(5, TimeUnit.SECONDS);
        }

        assertThat(answer.getNumberOfDependents()).isEqualTo(before).isLessThanOrEqualTo(1);
    }

    @Test
    void a_piece_that_nobody_takes_fails_with_the_answer_and_so_does_each_later_one() {
        var copy = new ChunkClient.Copy(new NobodyTakes(), answer);
        var taken = copy.write(PIECE).toCompletableFuture();
        assertThat(taken).isNotDone();

        answer.completeExceptionally(new IOException("no connection"));

        assertThat(taken).isCompletedExceptionally();
        assertThat(copy.write(PIECE).toCompletableFuture()).isCompletedExceptionally();
    }

    /** A connection that is never made. */
    private static final class NobodyTakes implements SourceQueueWithComplete<ByteString> {
        @Override
        public CompletionStage<QueueOfferResult> offer(ByteString piece) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<Done> watchCompletion() {
            return new CompletableFuture<>();
        }

        @Override
        public void complete() {}

        @Override
        public void fail(Throwable failure) {}
    }

    private ChunkClient.Copy copy(Sink<ByteString, ?> sink) {
        var pieces = Source.<ByteString>queue(4, OverflowStrategy.backpressure())
                .toMat(sink, Keep.left())
                .run(kit.system());
        return new ChunkClient.Copy(pieces, answer);
    }
}
