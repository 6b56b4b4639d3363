package io.murmuration.object.chunk;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.zip.CRC32C;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One chunk on its way to all its places at once.
 *
 * <p>Owner: a {@link BodySink}, which calls its methods one after the other.
 * <p>Invariants: {@link #end} completes only when a majority of the copies is durable and has the sum of what was written.
 * <p>Failure: a copy that fails, or takes nothing for {@link #SILENCE_MAX}, is given up; without a majority left the chunk fails as {@code
 * UNAVAILABLE}: its upload has not been acknowledged.
 */
final class ChunkUpload {
    static final Duration SILENCE_MAX = Duration.ofSeconds(5);
    /** A sync may wait for much else that goes to the same disk. */
    private static final Duration SYNC_MAX = Duration.ofSeconds(30);

    private static final Logger LOG = LoggerFactory.getLogger(ChunkUpload.class);

    private final ChunkRef chunk;
    private final List<Copy> copies;
    private final Set<Long> lostNodes;
    private final CRC32C sum = new CRC32C();

    private static final class Copy {
        private final long node;
        private final CopyWriter writer;
        private volatile boolean lost;

        Copy(long node, CopyWriter writer) {
            this.node = node;
            this.writer = writer;
        }
    }

    /**
     * @param writers begin the copy on a node
     * @param lostNodes those that do not take copies: passed over where others suffice. Whoever is lost here is added
     */
    ChunkUpload(ChunkRef chunk, LongFunction<CopyWriter> writers, Set<Long> lostNodes) {
        this.chunk = chunk;
        this.lostNodes = lostNodes;
        var able = chunk.places().stream()
                .filter(node -> !lostNodes.contains(node))
                .toList();
        var nodes = able.size() < chunk.majority() ? chunk.places() : able;
        this.copies =
                nodes.stream().map(node -> new Copy(node, writers.apply(node))).toList();
    }

    /** Completes when every copy that is left can take more. */
    CompletionStage<Void> write(ByteString bytes) {
        bytes.getByteBuffers().forEach(sum::update);
        var taken = new ArrayList<CompletableFuture<?>>();
        for (var copy : copies) {
            if (!copy.lost) {
                taken.add(within(copy.writer.write(bytes), SILENCE_MAX).handle((took, failure) -> {
                    if (failure != null) {
                        lose(copy, failure);
                    }
                    return null;
                }));
            }
        }
        return CompletableFuture.allOf(taken.toArray(CompletableFuture<?>[]::new))
                .thenAccept(all -> check());
    }

    /** Completes with the majority; the other copies go on. */
    CompletionStage<Void> end() {
        int expected = (int) sum.getValue();
        var majority = new CompletableFuture<Void>();
        var outcomes = new Outcomes(majority);
        for (var copy : copies) {
            if (copy.lost) {
                outcomes.failed();
                continue;
            }
            var unused = within(copy.writer.end(expected), SYNC_MAX).whenComplete((durable, failure) -> {
                if (failure != null) {
                    lose(copy, failure);
                    outcomes.failed();
                } else {
                    outcomes.durable();
                }
            });
        }
        return majority;
    }

    void abort() {
        copies.forEach(copy -> {
            copy.lost = true;
            copy.writer.abort();
        });
    }

    private final class Outcomes {
        private final CompletableFuture<Void> majority;
        private int durable;
        private int failed;

        Outcomes(CompletableFuture<Void> majority) {
            this.majority = majority;
        }

        synchronized void durable() {
            if (++durable == chunk.majority()) {
                majority.complete(null);
            }
        }

        synchronized void failed() {
            if (++failed == copies.size() - chunk.majority() + 1) {
                majority.completeExceptionally(tooFew());
            }
        }
    }

    private void lose(Copy copy, Throwable failure) {
        LOG.info("A copy of a chunk was not written: chunk {}, node {}", chunk.id(), copy.node, failure);
        copy.lost = true;
        lostNodes.add(copy.node);
        copy.writer.abort();
    }

    private void check() {
        long left = copies.stream().filter(copy -> !copy.lost).count();
        if (left < chunk.majority()) {
            throw tooFew();
        }
    }

    static ServiceException tooFew() {
        return new ServiceException(new ServiceError(
                CommonError.UNAVAILABLE,
                "Too few nodes take copies of the object at the moment. Nothing was stored; it is safe to retry."));
    }

    private static <T> CompletableFuture<T> within(CompletionStage<T> stage, Duration atMost) {
        var future = stage.toCompletableFuture();
        return future.isDone() ? future : future.copy().orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
}
