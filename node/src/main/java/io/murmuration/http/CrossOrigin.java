package io.murmuration.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpMethods;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Lets pages of any origin speak to the services, as AWS does: what protects them is the signature, not the browser. */
final class CrossOrigin implements Step {
    private static final RawHeader ANY_ORIGIN = RawHeader.create("Access-Control-Allow-Origin", "*");
    private static final RawHeader FOR_TWO_DAYS = RawHeader.create("Access-Control-Max-Age", "172800");

    @Override
    public CompletionStage<HttpResponse> pass(Call call, Next next) {
        if (call.header("Origin").isEmpty()) {
            return next.pass(call);
        }
        var answer = call.request().method().equals(HttpMethods.OPTIONS)
                ? CompletableFuture.completedStage(preflight(call))
                : next.pass(call);
        return answer.thenApply(response -> response.addHeader(ANY_ORIGIN));
    }

    private static HttpResponse preflight(Call call) {
        var response = HttpResponse.create().addHeader(FOR_TWO_DAYS);
        response = echoed(call, "Access-Control-Request-Headers", "Access-Control-Allow-Headers", response);
        return echoed(call, "Access-Control-Request-Method", "Access-Control-Allow-Methods", response);
    }

    private static HttpResponse echoed(Call call, String asked, String allowed, HttpResponse response) {
        return call.header(asked)
                .map(value -> response.addHeader(RawHeader.create(allowed, value)))
                .orElse(response);
    }
}
