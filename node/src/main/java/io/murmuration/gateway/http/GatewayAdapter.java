package io.murmuration.gateway.http;

import io.murmuration.gateway.Apis;
import io.murmuration.http.Call;
import io.murmuration.http.Service;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.gateway.GatewayErrors;
import io.murmuration.protocol.gateway.GatewayReplyCodec;
import io.murmuration.protocol.gateway.GatewayRequestCodec;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** API Gateway's second REST interface: decodes, asks {@link Apis}, encodes. */
public final class GatewayAdapter implements Service {
    private static final String NAME = "apigateway";
    private static final String SCOPE = "/" + NAME + "/aws4_request";
    private static final int BODY_BYTES_MAX = 1 << 20;

    private final Apis apis;

    public GatewayAdapter(Apis apis) {
        this.apis = apis;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** By its path; one that is signed for another service is that one's, such as a bucket named v2. */
    @Override
    public boolean accepts(HttpRequest request) {
        return request.getUri().path().startsWith(GatewayRequestCodec.ROOT)
                && isScope(request.getHeader("Authorization").map(HttpHeader::value));
    }

    private static boolean isScope(Optional<String> authorization) {
        return authorization.isEmpty()
                || !authorization.get().contains("aws4_request")
                || authorization.get().contains(SCOPE);
    }

    @Override
    public int bodyBytesMax() {
        return BODY_BYTES_MAX;
    }

    @Override
    public boolean signed(HttpRequest request) {
        return true;
    }

    @Override
    public boolean reads(HttpRequest request) {
        return request.method().equals(HttpMethods.GET);
    }

    @Override
    public CompletionStage<HttpResponse> serve(Call call) {
        var http = call.request();
        var query = http.getUri().query();
        var request = GatewayRequestCodec.decode(
                http.method().value(),
                http.getUri().path(),
                name -> query.get(name).orElse(null),
                call.body().toArrayUnsafe());
        return apis.answer(request, call.deadlineNanos()).thenApply(reply -> encode(GatewayReplyCodec.encode(reply)));
    }

    @Override
    public HttpResponse refuse(Call call, ServiceError error) {
        return encode(GatewayReplyCodec.encode(error));
    }

    @Override
    public HttpResponse bodyTooLarge(Call call) {
        return refuse(
                call,
                GatewayErrors.invalid("The request's body has more than " + BODY_BYTES_MAX + " bytes.")
                        .error());
    }

    @Override
    public boolean checksummed() {
        return false;
    }

    private static HttpResponse encode(GatewayReplyCodec.Encoded reply) {
        var response = HttpResponse.create().withStatus(reply.status());
        if (reply.body().length > 0) {
            response = response.withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, reply.body()));
        }
        return reply.errorType() == null
                ? response
                : response.addHeader(RawHeader.create(GatewayErrors.TYPE_HEADER, reply.errorType()));
    }
}
