package io.murmuration.object;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.object.chunk.BodySink;
import io.murmuration.object.chunk.ChunkRef;
import io.murmuration.object.chunk.Chunks;
import io.murmuration.object.index.IndexIntent;
import io.murmuration.object.index.IndexOutcome;
import io.murmuration.object.index.UploadId;
import io.murmuration.object.index.UploadKey;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectError;
import io.murmuration.protocol.object.body.BodyHead;
import io.murmuration.protocol.object.body.BodyReader;
import io.murmuration.protocol.object.body.BodySums;
import io.murmuration.protocol.object.body.ChecksumAlgorithm;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings bodies to where they are kept, as they stream: few bytes into the index, more into chunks whose intent the index knows before. What is written
 * counts only when the index has taken the entry; a body that fails is given up, so that its chunks are collected.
 */
final class BodyUploads {
    /** A client that sends nothing for so long is gone. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(30);
    /** The pieces that lie before a slow disk or another node, and the one that comes. */
    private static final int HELD_BYTES_MAX = 512 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(BodyUploads.class);

    private final ActorSystem<?> system;
    private final ObjectIndex index;
    private final Chunks chunks;
    private final StreamBudget budget;
    private final Clock clock;
    private final Chance chance;

    BodyUploads(
            ActorSystem<?> system, ObjectIndex index, Chunks chunks, StreamBudget budget, Clock clock, Chance chance) {
        this.system = system;
        this.index = index;
        this.chunks = chunks;
        this.budget = budget;
        this.clock = clock;
        this.chance = chance;
    }

    /**
     * A body to come.
     *
     * @param wanted checksum that is made of it if the client sends none
     * @param always it is made also if the client sends another
     */
    record Incoming(BodyHead head, ChecksumAlgorithm wanted, boolean always, Source<ByteString, ?> bytes) {
        private BodyReader reader() {
            return new BodyReader(head, wanted, always);
        }
    }

    /** Gathers a small body. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Gathered(byte[] bytes, BodySums sums) {}

    CompletionStage<Gathered> gather(Incoming incoming) {
        var reader = incoming.reader();
        var all = ByteBuffer.allocate((int) incoming.head().bytes());
        return sound(incoming.bytes())
                .runForeach(piece -> piece.getByteBuffers().forEach(buffer -> reader.read(buffer, all::put)), system)
                .thenApply(done -> new Gathered(all.array(), reader.end()));
    }

    /**
     * Writes a large body in chunks of the bucket's index in this group.
     *
     * @param upload that it becomes a part of; null if it becomes an object
     * @param commit tells the index what the body turned out to be; the intent's id names it. Empty if the bucket is closed
     */
    <R> CompletionStage<Optional<R>> write(
            long bucket, int group, @Nullable UploadKey upload, Incoming incoming, Commit<R> commit) {
        var plan = chunks.plan(group, incoming.head().bytes());
        var share = budget.take(Math.min(incoming.head().bytes(), HELD_BYTES_MAX));
        return write(bucket, group, upload, incoming, commit, plan).whenComplete((stored, failure) -> share.end());
    }

    private <R> CompletionStage<Optional<R>> write(
            long bucket,
            int group,
            @Nullable UploadKey upload,
            Incoming incoming,
            Commit<R> commit,
            List<ChunkRef> plan) {
        var intent = UploadId.random(chance);
        var open = new IndexIntent.Open(intent, plan, upload, clock.millis());
        return index.decide(group, bucket, open, plan.size() * 64).thenCompose(outcome -> switch (outcome) {
            case IndexOutcome.Done opened ->
                written(chunks.write(plan), incoming)
                        .thenCompose(sums -> commit.commit(intent, sums))
                        .whenComplete((committed, failure) -> {
                            if (failure != null || committed.isEmpty()) {
                                giveUp(bucket, group, intent);
                            }
                        });
            case IndexOutcome.Closed closed -> CompletableFuture.completedFuture(Optional.<R>empty());
            case IndexOutcome.Refused refused ->
                CompletableFuture.<Optional<R>>failedFuture(new ServiceException(refused.error()));
            default -> throw new IllegalStateException("an intent is not answered so: " + outcome);
        });
    }

    /** What is done with a body whose chunks are durable. */
    interface Commit<R> {
        CompletionStage<Optional<R>> commit(UploadId intent, BodySums sums);
    }

    private CompletionStage<BodySums> written(BodySink sink, Incoming incoming) {
        var reader = incoming.reader();
        return sound(incoming.bytes())
                .runWith(
                        Sink.foldAsync(Done.getInstance(), (done, piece) -> read(reader, sink, piece)
                                .thenApply(taken -> done)),
                        system)
                .thenApply(all -> reader.end())
                .thenCompose(sums -> sink.end().thenApply(durable -> sums))
                .whenComplete((sums, failure) -> {
                    if (failure != null) {
                        sink.abort();
                    }
                });
    }

    /** What a client sends in tiny pieces is written as one: each costs as much as a large one. */
    private static CompletionStage<Void> read(BodyReader reader, BodySink sink, ByteString piece) {
        var slices = new ArrayList<ByteBuffer>();
        // not copied: pieces of a stream never change
        reader.read(ByteBuffer.wrap(piece.toArrayUnsafe()), slice -> slices.add(slice.duplicate()));
        return slices.size() == 1 ? sink.write(shared(slices.getFirst())) : sink.write(joined(slices));
    }

    private static ByteString joined(List<ByteBuffer> slices) {
        var all = ByteBuffer.allocate(
                slices.stream().mapToInt(ByteBuffer::remaining).sum());
        slices.forEach(all::put);
        return ByteString.fromArrayUnsafe(all.array());
    }

    private static ByteString shared(ByteBuffer slice) {
        return ByteString.fromArrayUnsafe(slice.array(), slice.arrayOffset() + slice.position(), slice.remaining());
    }

    /** Failures of the client, as S3 tells them. */
    private static Source<ByteString, ?> sound(Source<ByteString, ?> bytes) {
        return bytes.idleTimeout(SILENCE_MAX).mapError(Throwable.class, BodyUploads::broken);
    }

    private static Throwable broken(Throwable failure) {
        return switch (failure) {
            case ServiceException refused -> refused;
            case TimeoutException silent ->
                new ServiceException(new ServiceError(
                        CommonError.REQUEST_TIMEOUT,
                        "Your socket connection to the server was not read from or written to within the timeout period. "
                                + "Idle connections will be closed."));
            default -> {
                LOG.debug("A body broke off.", failure);
                yield new ServiceException(new ServiceError(
                        ObjectError.INCOMPLETE_BODY,
                        "You did not provide the number of bytes specified by the Content-Length HTTP header"));
            }
        };
    }

    /** If that cannot be told to the index, time will: an intent expires. */
    private void giveUp(long bucket, int group, UploadId intent) {
        var unused = index.decide(group, bucket, new IndexIntent.Abort(intent, clock.millis()), 0)
                .exceptionally(failure -> {
                    LOG.info("An upload that failed is given up later. bucket={} upload={}", bucket, intent, failure);
                    return new IndexOutcome.Done();
                });
    }

    /** An outcome that says the bucket is closed, as empty; refusals and expired intents as failures. */
    static <R> Optional<R> committed(IndexOutcome outcome, Function<IndexOutcome, R> use) {
        return switch (outcome) {
            case IndexOutcome.Closed closed -> Optional.empty();
            case IndexOutcome.Refused refused -> throw new CompletionException(new ServiceException(refused.error()));
            case IndexOutcome.Expired expired ->
                throw new CompletionException(new ServiceException(new ServiceError(
                        CommonError.UNAVAILABLE, "The upload took too long and was given up. It is safe to retry.")));
            default -> Optional.of(use.apply(outcome));
        };
    }
}
