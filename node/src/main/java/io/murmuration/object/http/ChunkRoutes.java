package io.murmuration.object.http;

import io.murmuration.http.OwnRoute;
import io.murmuration.journal.http.ClusterSignature;
import io.murmuration.object.chunk.ChunkHost;
import io.murmuration.object.chunk.ChunkId;
import io.murmuration.object.chunk.Chunks;
import io.murmuration.object.chunk.CopyWriter;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's chunks for other nodes of the cluster only, under {@code /_murmur/chunks/}:
 *
 * <pre>
 * PUT  {id}                  writes a chunk of the body's bytes but the last four, which are their CRC32C; answered when it is durable
 * GET  {id}?from=F&amp;to=T      the bytes [F, T)
 * POST delete, missing       a list of ids
 * POST repair                a chunk and its places
 * </pre>
 *
 * A chunk's body is written as it arrives. What cannot be done is answered with 404, 409 or 500 and told in the log.
 */
public final class ChunkRoutes implements OwnRoute {
    /** Longer than a client may be silent whose body this is. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(ChunkRoutes.class);

    private final ActorSystem<?> system;
    private final ChunkHost host;
    private final ClusterSignature signature;

    public ChunkRoutes(ActorSystem<?> system, ChunkHost host, ClusterSignature signature) {
        this.system = system;
        this.host = host;
        this.signature = signature;
    }

    @Override
    public String path() {
        return ChunkWire.PATH;
    }

    @Override
    public CompletionStage<HttpResponse> answer(HttpRequest request) {
        var method = request.method().value();
        var uri = request.getUri();
        var target = uri.path() + uri.rawQueryString().map(query -> "?" + query).orElse("");
        var header = request.getHeader(ClusterSignature.HEADER);
        if (header.isEmpty() || !signature.isSigned(method, target, header.get().value())) {
            return refused(403);
        }
        var what = uri.path().substring(ChunkWire.PATH.length());
        var answered = method.equals("POST") ? list(request, what) : chunk(request, method, ChunkId.parse(what));
        var proof = RawHeader.create(
                ClusterSignature.HEADER, signature.answer(header.get().value()));
        return answered.exceptionally(failure -> {
                    LOG.info("A chunk was not served to another node: {} {}", method, what, failure);
                    return HttpResponse.create().withStatus(StatusCodes.INTERNAL_SERVER_ERROR);
                })
                .thenApply(response -> response.addHeader(proof));
    }

    private CompletionStage<HttpResponse> chunk(HttpRequest request, String method, @Nullable ChunkId chunk) {
        if (chunk == null) {
            return refused(404);
        }
        return switch (method) {
            case "PUT" -> put(request, chunk);
            case "GET" -> get(request, chunk);
            default -> refused(405);
        };
    }

    private CompletionStage<HttpResponse> put(HttpRequest request, ChunkId chunk) {
        long length = request.entity().getContentLengthOption().orElse(0);
        if (length < ChunkWire.SUM_BYTES) {
            return refused(400);
        }
        var copy = new Arriving(host.write(chunk), length - ChunkWire.SUM_BYTES);
        return request.entity()
                .withoutSizeLimit()
                .getDataBytes()
                .idleTimeout(SILENCE_MAX)
                .runWith(
                        Sink.foldAsync(Done.getInstance(), (done, bytes) -> copy.take(bytes)
                                .thenApply(more -> done)),
                        system)
                .thenCompose(all -> copy.end())
                .thenApply(durable -> HttpResponse.create())
                .whenComplete((response, failure) -> {
                    if (failure != null) {
                        copy.abort();
                    }
                });
    }

    /** A copy as it comes: its bytes, and their sum behind them. */
    private static final class Arriving {
        private final CopyWriter copy;
        private long left;
        private ByteString sum = ByteString.emptyByteString();

        Arriving(CopyWriter copy, long bytes) {
            this.copy = copy;
            this.left = bytes;
        }

        CompletionStage<?> take(ByteString piece) {
            int own = (int) Math.min(left, piece.size());
            left -= own;
            sum = sum.concat(piece.drop(own));
            return own == 0 ? CompletableFuture.completedFuture(null) : copy.write(piece.take(own));
        }

        CompletionStage<?> end() {
            return copy.end(ChunkWire.readSum(sum));
        }

        void abort() {
            copy.abort();
        }
    }

    private CompletionStage<HttpResponse> get(HttpRequest request, ChunkId chunk) {
        int from = number(request, "from");
        int to = number(request, "to");
        if (from < 0 || to < from || to - from > Chunks.READ_BYTES_MAX) {
            return refused(400);
        }
        return host.read(chunk, from, to).thenApply(bytes -> HttpResponse.create()
                .addHeader(sum(ChunkWire.sum(bytes)))
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_OCTET_STREAM, bytes)));
    }

    private CompletionStage<HttpResponse> list(HttpRequest request, String what) {
        return switch (what) {
            case ChunkWire.DELETE ->
                read(request, bytes -> host.delete(ChunkWire.ids(bytes))
                        .thenApply(done -> ByteString.emptyByteString()));
            case ChunkWire.MISSING ->
                read(request, bytes -> host.missing(ChunkWire.ids(bytes)).thenApply(ChunkWire::ids));
            case ChunkWire.REPAIR ->
                read(request, bytes -> host.repair(ChunkWire.ref(bytes))
                        .thenApply(done -> ByteString.emptyByteString()));
            default -> refused(404);
        };
    }

    private CompletionStage<HttpResponse> read(
            HttpRequest request, Function<ByteString, CompletionStage<ByteString>> use) {
        return request.entity()
                .toStrict(SILENCE_MAX.toMillis(), ChunkWire.LIST_BYTES_MAX, system.classicSystem())
                .thenCompose(strict -> use.apply(strict.getData()))
                .thenApply(bytes -> HttpResponse.create()
                        .withEntity(HttpEntities.create(ContentTypes.APPLICATION_OCTET_STREAM, bytes)));
    }

    private static RawHeader sum(int sum) {
        return RawHeader.create(ChunkWire.SUM, Integer.toHexString(sum));
    }

    /** -1 if it is no number. */
    private static int number(HttpRequest request, String name) {
        return request.getUri()
                .query()
                .get(name)
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Integer::parseInt)
                .orElse(-1);
    }

    /** Its body is of no interest: the connection ends with the answer. */
    private static CompletionStage<HttpResponse> refused(int status) {
        return CompletableFuture.completedFuture(
                HttpResponse.create().withStatus(status).addHeader(Connection.create("close")));
    }
}
