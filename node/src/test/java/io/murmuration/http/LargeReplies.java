package io.murmuration.http;

import io.murmuration.protocol.ServiceError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.util.ByteString;

/** Answers {@code /small} with little and anything else with much: one body that all replies share, so that many of them cost a test nothing. */
final class LargeReplies implements Service {
    /** Many times what the sockets between a server and a client that does not read hold. */
    static final int REPLY_BYTES = 4 * 1024 * 1024 + 1;

    /** The letters from a to z, over and over. */
    static final ByteString BODY = body();

    private final CompletableFuture<HttpResponse> later = new CompletableFuture<>();
    private final CountDownLatch laterAsked = new CountDownLatch(1);

    /** Returns once {@code /later} was asked. */
    void awaitLater() throws InterruptedException {
        laterAsked.await();
    }

    /** Answers what asked for {@code /later}. */
    void answerLater() {
        later.complete(large());
    }

    @Override
    public String name() {
        return "large";
    }

    @Override
    public boolean accepts(HttpRequest request) {
        return true;
    }

    @Override
    public int bodyBytesMax() {
        return 4096;
    }

    @Override
    public boolean signed(HttpRequest request) {
        return false;
    }

    @Override
    public boolean reads(HttpRequest request) {
        return !request.getUri().path().equals("/write");
    }

    @Override
    public CompletionStage<HttpResponse> serve(Call call) {
        return switch (call.request().getUri().path()) {
            case "/later" -> {
                laterAsked.countDown();
                yield later;
            }
            case "/small" ->
                CompletableFuture.completedStage(HttpResponse.create().withEntity("small"));
            default -> CompletableFuture.completedStage(large());
        };
    }

    @Override
    public HttpResponse refuse(Call call, ServiceError error) {
        return HttpResponse.create()
                .withStatus(error.code().status())
                .withEntity(error.code().wireName());
    }

    @Override
    public HttpResponse bodyTooLarge(Call call) {
        return HttpResponse.create().withStatus(413);
    }

    @Override
    public boolean checksummed() {
        return true;
    }

    private static HttpResponse large() {
        return HttpResponse.create().withEntity(HttpEntities.create(ContentTypes.APPLICATION_OCTET_STREAM, BODY));
    }

    private static ByteString body() {
        var bytes = new byte[REPLY_BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ('a' + i % 26);
        }
        return ByteString.fromArrayUnsafe(bytes);
    }
}
