package io.murmuration.object.http;

import io.murmuration.journal.http.ClusterSignature;
import io.murmuration.object.chunk.ChunkId;
import io.murmuration.object.chunk.ChunkPeers;
import io.murmuration.object.chunk.ChunkRef;
import io.murmuration.object.chunk.CopyWriter;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.RequestEntity;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.javadsl.settings.ConnectionPoolSettings;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The chunks of other nodes, by their {@link ChunkRoutes}.
 *
 * <p>Failure: a node that does not answer in time, breaks off, refuses, or answers without the cluster's signature fails the stage.
 * Nothing is retried here.
 * <p>Limits: {@link #CALLS_MAX} connections to each node for what is short, and others for chunks that are written, which may be as slow as their client:
 * {@link #WRITES_EACH} for each upload at work. Pieces that wait for one of them are {@link #PIECES_MAX} a chunk.
 */
public final class ChunkClient implements ChunkPeers, AutoCloseable {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    /** A copy is made only after disks were waited for. */
    private static final Duration REPAIR_MAX = Duration.ofSeconds(60);

    private static final Duration LONGEST = Duration.ofHours(1);

    private static final int CALLS_MAX = 64;
    private static final int CALLS_OPEN_MAX = 1024;
    /** While one chunk is synced the next is written. */
    private static final int WRITES_EACH = 2;

    private static final int PIECES_MAX = 2;

    private final ActorSystem<?> system;
    private final LongFunction<URI> addresses;
    private final ClusterSignature signature;
    private final ConnectionPoolSettings calls;
    private final ConnectionPoolSettings writes;

    /**
     * @param addresses where a node listens, by its id; throws if there is no such node
     * @param uploadsMax how many uploads this node works on at once
     */
    public ChunkClient(ActorSystem<?> system, LongFunction<URI> addresses, ClusterSignature signature, int uploadsMax) {
        this.system = system;
        this.addresses = addresses;
        this.signature = signature;
        int copies = uploadsMax * WRITES_EACH;
        this.calls = pool(system, CALLS_MAX, CALLS_OPEN_MAX);
        // a power of two, as the pool wants it
        this.writes = pool(system, copies, 2 * Integer.highestOneBit(copies));
    }

    private static ConnectionPoolSettings pool(ActorSystem<?> system, int connectionsMax, int openMax) {
        return ConnectionPoolSettings.create(system.classicSystem())
                .withMaxConnections(connectionsMax)
                .withMaxOpenRequests(openMax)
                // a stream cannot be sent again; and who is asked next is decided elsewhere
                .withMaxRetries(0)
                .withMaxConnectionBackoff(Duration.ofMillis(100))
                .withBaseConnectionBackoff(Duration.ofMillis(10));
    }

    /** What is under way fails. */
    @Override
    public void close() {
        var unused = Http.get(system).shutdownAllConnectionPools();
    }

    @Override
    public CopyWriter write(long node, ChunkRef chunk) {
        var materialized = Source.<ByteString>queue(PIECES_MAX, OverflowStrategy.backpressure())
                .preMaterialize(system);
        var entity = HttpEntities.create(
                ContentTypes.APPLICATION_OCTET_STREAM, chunk.bytes() + ChunkWire.SUM_BYTES, materialized.second());
        // as slow as the client: whoever writes and ends the copy bounds the wait
        var answer = send(node, "PUT", chunk.id().toString(), entity, writes, LONGEST)
                .thenCompose(this::body);
        return new Copy(materialized.first(), answer.toCompletableFuture());
    }

    /** A copy on its way; the answer may come before its end. */
    static final class Copy implements CopyWriter {
        private final SourceQueueWithComplete<ByteString> pieces;
        private final CompletableFuture<?> answer;
        /** What the caller waits for; it writes one piece at a time. */
        private volatile CompletableFuture<Void> taken = CompletableFuture.completedFuture(null);

        Copy(SourceQueueWithComplete<ByteString> pieces, CompletableFuture<?> answer) {
            this.pieces = pieces;
            this.answer = answer;
            // a connection that was never made takes nothing and says so only by the answer
            var unused = answer.whenComplete((empty, failure) -> taken.completeExceptionally(early(failure)));
        }

        private static Throwable early(@Nullable Throwable failure) {
            return failure == null ? new IOException("The node answered before the copy's end.") : failure;
        }

        @Override
        public CompletionStage<?> write(ByteString bytes) {
            var now = new CompletableFuture<Void>();
            taken = now;
            if (answer.isDone()) {
                var unusedAnswer = answer.whenComplete((empty, failure) -> now.completeExceptionally(early(failure)));
            }
            var unusedOffer = pieces.offer(bytes).whenComplete((result, failure) -> {
                if (failure == null && result.isEnqueued()) {
                    now.complete(null);
                } else {
                    now.completeExceptionally(
                            failure == null ? new IOException("The copy's connection has ended.") : failure);
                }
            });
            return now;
        }

        @Override
        public CompletionStage<?> end(int sum) {
            var unused = pieces.offer(ChunkWire.sumBytes(sum));
            pieces.complete();
            return answer;
        }

        @Override
        public void abort() {
            pieces.fail(new IOException("The copy is given up."));
        }
    }

    @Override
    public CompletionStage<ByteString> read(long node, ChunkId chunk, int from, int to) {
        return send(node, "GET", chunk + "?from=" + from + "&to=" + to, HttpEntities.EMPTY, calls, ANSWER_MAX)
                .thenCompose(response -> body(response).thenApply(bytes -> {
                    if (bytes.size() != to - from || ChunkWire.sum(bytes) != sum(response)) {
                        throw new CompletionException(
                                new IOException("Not the bytes that node " + node + " has read."));
                    }
                    return bytes;
                }));
    }

    @Override
    public CompletionStage<Void> delete(long node, List<ChunkId> chunks) {
        return post(node, ChunkWire.DELETE, ChunkWire.ids(chunks), ANSWER_MAX).thenApply(empty -> null);
    }

    @Override
    public CompletionStage<List<ChunkId>> missing(long node, List<ChunkId> chunks) {
        return post(node, ChunkWire.MISSING, ChunkWire.ids(chunks), ANSWER_MAX).thenApply(ChunkWire::ids);
    }

    @Override
    public CompletionStage<Void> repair(long node, ChunkRef chunk) {
        return post(node, ChunkWire.REPAIR, ChunkWire.ref(chunk), REPAIR_MAX).thenApply(empty -> null);
    }

    private CompletionStage<ByteString> post(long node, String what, ByteString body, Duration atMost) {
        var entity = HttpEntities.create(ContentTypes.APPLICATION_OCTET_STREAM, body);
        return send(node, "POST", what, entity, calls, atMost).thenCompose(this::body);
    }

    private CompletionStage<HttpResponse> send(
            long node, String method, String what, RequestEntity entity, ConnectionPoolSettings pool, Duration atMost) {
        var target = ChunkWire.PATH + what;
        var signed = signature.sign(method, target);
        var request = HttpRequest.create(addresses.apply(node).resolve(target).toString())
                .withMethod(HttpMethods.lookup(method).orElseThrow())
                .addHeader(RawHeader.create(ClusterSignature.HEADER, signed))
                .withEntity(entity);
        var http = Http.get(system);
        return http.singleRequest(
                        request,
                        http.defaultClientHttpsContext(),
                        pool,
                        system.classicSystem().log())
                .toCompletableFuture()
                .orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(response -> checked(node, signed, response));
    }

    private HttpResponse checked(long node, String signed, HttpResponse response) {
        var answer = response.getHeader(ClusterSignature.HEADER);
        if (!response.status().isSuccess()
                || answer.isEmpty()
                || !signature.isAnswer(signed, answer.get().value())) {
            response.discardEntityBytes(system);
            throw new CompletionException(new IOException(
                    "Node " + node + " refused: status " + response.status().intValue()));
        }
        return response;
    }

    private CompletionStage<ByteString> body(HttpResponse response) {
        return response.entity().toStrict(ANSWER_MAX.toMillis(), system).thenApply(strict -> strict.getData());
    }

    private static int sum(HttpResponse response) {
        return response.getHeader(ChunkWire.SUM)
                .map(header -> Integer.parseUnsignedInt(header.value(), 16))
                .orElseThrow(() -> new CompletionException(new IOException("An answer without a checksum.")));
    }
}
