package io.murmuration.edge.http;

import io.murmuration.edge.caching.Headers;
import io.murmuration.edge.caching.ResponseHead;
import io.murmuration.edge.caching.ViewerRequest;
import io.murmuration.edge.presence.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Asks points of presence on other nodes, by HTTP at their listeners.
 *
 * <p>Failure: the stage fails if the node cannot be reached, falls silent before its answer's head is there, or answers as no node of this cluster does.
 */
final class PresenceClient {
    static final String PATH = "/_murmur/edge/";

    /** In the answer of a node that stood in for a point of presence that it does not have. */
    static final String AWAY_HEADER = "X-Murmur-Presence-Away";

    private static final Duration CONNECTING_MAX = Duration.ofSeconds(2);
    private static final long LOOK_MILLIS = 500;

    private final LongFunction<@Nullable URI> addresses;
    private final LongPredicate silent;
    private final NodeSignature signature;
    private final HttpClients clients;
    private final Materializer materializer;

    /**
     * @param addresses where a node listens; null for one that there is not
     * @param silent whether nothing was heard of a node for so long that it is not to be waited for
     */
    PresenceClient(
            LongFunction<@Nullable URI> addresses,
            LongPredicate silent,
            NodeSignature signature,
            HttpClients clients,
            Materializer materializer) {
        this.addresses = addresses;
        this.silent = silent;
        this.signature = signature;
        this.clients = clients;
        this.materializer = materializer;
    }

    /**
     * What another node answered.
     *
     * @param away whether the point of presence was not there
     */
    record Reply(Answer answer, boolean away) {}

    boolean reachable(long node) {
        return addresses.apply(node) != null && !silent.test(node);
    }

    /** @param distribution its id */
    CompletionStage<Reply> ask(
            long node, String presence, String distribution, ViewerRequest request, Source<ByteString, NotUsed> body) {
        var target = PATH + presence + "/" + distribution + request.uri();
        var address = Objects.requireNonNull(addresses.apply(node), "the node is not reachable");
        var uri = Uri.create(address + target, Uri.RELAXED);
        // as the other side reads it
        var read = uri.path() + uri.rawQueryString().map(query -> "?" + query).orElse("");
        var signed = signature.sign(request.method(), read);
        var headers = NodeHeaders.packed(request.headers()).and(signature.header(), signed);
        var question = HttpRequest.create()
                .withMethod(HttpMethods.lookup(request.method()).orElseThrow())
                .withUri(uri)
                .withHeaders(List.copyOf(HeaderCodec.write(headers)));
        var length = new ResponseHead(0, headers).contentLength();
        if (length.isPresent()) {
            question = question.withEntity(HeaderCodec.sized(headers, length.getAsLong(), body));
        } else if (headers.has("Content-Type")) {
            question = question.withEntity(HeaderCodec.chunked(headers, body));
        }
        return heard(node, clients.ask(question, CONNECTING_MAX).toCompletableFuture())
                .thenApply(response -> reply(node, signed, response));
    }

    /** A process that stands still takes connections and answers nothing: its silence on the links tells. */
    private CompletableFuture<HttpResponse> heard(long node, CompletableFuture<HttpResponse> asked) {
        var heard = asked.copy();
        watch(node, heard);
        var unused = asked.whenComplete((late, failure) -> {
            if (late != null && heard.isCompletedExceptionally()) {
                late.discardEntityBytes(materializer);
            }
        });
        return heard;
    }

    private void watch(long node, CompletableFuture<HttpResponse> heard) {
        CompletableFuture.delayedExecutor(LOOK_MILLIS, TimeUnit.MILLISECONDS).execute(() -> {
            if (heard.isDone()) {
                return;
            }
            if (silent.test(node)) {
                heard.completeExceptionally(new NodeSilentException(node));
            } else {
                watch(node, heard);
            }
        });
    }

    private Reply reply(long node, String signed, HttpResponse response) {
        var answered = response.getHeader(signature.header()).map(HttpHeader::value);
        if (answered.isEmpty() || !signature.isAnswer(signed, answered.get())) {
            response.discardEntityBytes(materializer);
            throw new IllegalStateException("Node " + node + " did not answer as one of this cluster: status "
                    + response.status().intValue());
        }
        var entity = response.entity();
        var away = response.getHeader(AWAY_HEADER).isPresent();
        var headers =
                withoutRequestId(HeaderCodec.read(response, entity).without(List.of(signature.header(), AWAY_HEADER)));
        var head = new ResponseHead(response.status().intValue(), headers);
        return new Reply(
                new Answer(head, entity.getDataBytes().mapMaterializedValue(value -> NotUsed.getInstance())), away);
    }

    /** The last is that of the other node's front door; one that comes before it is the origin's. */
    private static Headers withoutRequestId(Headers headers) {
        var fields = new ArrayList<>(headers.fields());
        for (int at = fields.size() - 1; at >= 0; at--) {
            if (fields.get(at).name().equalsIgnoreCase("x-amzn-RequestId")) {
                fields.remove(at);
                break;
            }
        }
        return new Headers(fields);
    }

    /** The header by which an answer shows where it comes from. */
    static HttpHeader signed(NodeSignature signature, String requestSignature) {
        return RawHeader.create(signature.header(), signature.answer(requestSignature));
    }
}
