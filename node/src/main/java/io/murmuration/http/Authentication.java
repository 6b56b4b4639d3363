package io.murmuration.http;

import io.murmuration.identity.Authenticator;
import io.murmuration.identity.SignedRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Lets a call pass whose signature the authenticator finds in order. */
final class Authentication implements Step {
    private final Authenticator authenticator;

    Authentication(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    @Override
    public CompletionStage<HttpResponse> pass(Call call, Next next) {
        if (!call.service().signed(call.request())) {
            return next.pass(call);
        }
        var refusal = authenticator.refusal(new Signed(call), call.service().name());
        return refusal.isEmpty()
                ? next.pass(call)
                : CompletableFuture.completedStage(call.service().refuse(call, refusal.get()));
    }

    /** The call as the signer saw it. */
    private record Signed(Call call) implements SignedRequest {
        @Override
        public String method() {
            return call.request().method().value();
        }

        @Override
        public String path() {
            return call.request().getUri().path();
        }

        @Override
        public String query() {
            return call.request().getUri().rawQueryString().orElse("");
        }

        @Override
        public @Nullable String header(String name) {
            return switch (name) {
                // the HTTP library keeps these two apart from the other headers
                case "content-type" -> call.request().entity().getContentType().toString();
                case "content-length" ->
                    String.valueOf(
                            call.request().entity().getContentLengthOption().orElse(0));
                default -> call.header(name).orElse(null);
            };
        }

        @Override
        public byte[] body() {
            return call.body().toArrayUnsafe();
        }
    }
}
