package io.murmuration.http;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Answers what no service accepts, in the words that AWS's own front door uses for it. */
final class NoService implements Service {
    private static final byte[] UNKNOWN = "<UnknownOperationException/>\n".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String name() {
        return "none";
    }

    @Override
    public boolean accepts(HttpRequest request) {
        return true;
    }

    @Override
    public int bodyBytesMax() {
        return 0;
    }

    @Override
    public boolean signed(HttpRequest request) {
        return false;
    }

    @Override
    public boolean reads(HttpRequest request) {
        return true;
    }

    @Override
    public CompletionStage<HttpResponse> serve(Call call) {
        return CompletableFuture.completedStage(unknown());
    }

    @Override
    public HttpResponse refuse(Call call, ServiceError error) {
        if (error.code() == CommonError.UNKNOWN_OPERATION) {
            return unknown();
        }
        return HttpResponse.create()
                .withStatus(error.code().status())
                .withEntity(ContentTypes.TEXT_PLAIN_UTF8, error.message() + "\n");
    }

    @Override
    public HttpResponse bodyTooLarge(Call call) {
        return unknown();
    }

    @Override
    public boolean checksummed() {
        return true;
    }

    private static HttpResponse unknown() {
        return HttpResponse.create().withStatus(404).withEntity(ContentTypes.TEXT_XML_UTF8, UNKNOWN);
    }
}
