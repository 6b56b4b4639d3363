package io.murmuration.edge.http;

import io.murmuration.edge.distribution.Distributions;
import io.murmuration.http.Call;
import io.murmuration.http.Service;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.edge.EdgeReplyCodec;
import io.murmuration.protocol.edge.EdgeRequestCodec;
import io.murmuration.protocol.edge.EdgeRequestCodec.Input;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** CloudFront's REST-XML interface of 2020-05-31. */
public final class DistributionAdapter implements Service {
    private static final String NAME = "cloudfront";
    private static final String SCOPE = "/" + NAME + "/aws4_request";

    /** Three thousand paths, or a hundred origins with their headers. */
    private static final int BODY_BYTES_MAX = 1024 * 1024;

    private final Distributions distributions;

    public DistributionAdapter(Distributions distributions) {
        this.distributions = distributions;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** By the path; a bucket may have the name that it begins with, but then the signature is for S3. */
    @Override
    public boolean accepts(HttpRequest request) {
        return request.getUri().path().startsWith(EdgeRequestCodec.PATH_PREFIX)
                && request.getHeader("Authorization")
                        .map(HttpHeader::value)
                        .filter(signature -> !signature.contains(SCOPE))
                        .isEmpty();
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
        return request.method().value().equals("GET");
    }

    @Override
    public CompletionStage<HttpResponse> serve(Call call) {
        var request = call.request();
        var uri = request.getUri();
        var query = new TreeMap<String, String>();
        uri.query().toList().forEach(pair -> query.putIfAbsent(pair.first(), pair.second()));
        var decoded = EdgeRequestCodec.decode(new Input(
                request.method().value(),
                uri.path(),
                query,
                call.header("If-Match").orElse(null),
                call.body().toArrayUnsafe()));
        var base = "http://" + uri.getHost().address() + ":" + uri.port();
        return distributions
                .answer(decoded, call.deadlineNanos())
                .thenApply(reply -> response(EdgeReplyCodec.encode(reply, base)));
    }

    private static HttpResponse response(EdgeReplyCodec.Output output) {
        var response = HttpResponse.create().withStatus(output.status());
        for (var header : output.headers().entrySet()) {
            response = response.addHeader(RawHeader.create(header.getKey(), header.getValue()));
        }
        return output.body().length == 0
                ? response
                : response.withEntity(HttpEntities.create(ContentTypes.TEXT_XML_UTF8, output.body()));
    }

    @Override
    public HttpResponse refuse(Call call, ServiceError error) {
        return response(EdgeReplyCodec.error(error, call.id()));
    }

    @Override
    public HttpResponse bodyTooLarge(Call call) {
        return response(EdgeReplyCodec.tooLarge(call.id()));
    }

    @Override
    public boolean checksummed() {
        return false;
    }
}
