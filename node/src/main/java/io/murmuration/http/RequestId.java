package io.murmuration.http;

import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/** Tells the client the id that the call got when it arrived, unless its service knows it by another. */
final class RequestId implements Step {
    private static final String NAME = "x-amzn-RequestId";

    @Override
    public CompletionStage<HttpResponse> pass(Call call, Next next) {
        if (call.hosted()) {
            return next.pass(call);
        }
        return next.pass(call)
                .thenApply(response -> response.getHeader(NAME).isPresent()
                        ? response
                        : response.addHeader(RawHeader.create(NAME, call.id())));
    }
}
