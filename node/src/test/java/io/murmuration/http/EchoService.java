package io.murmuration.http;

import io.murmuration.protocol.ServiceError;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Answers a POST with its own body; or later, when the test says so. */
final class EchoService implements Service {
    static final int BODY_BYTES_MAX = 4096;

    private final Queue<CompletableFuture<HttpResponse>> held = new ArrayDeque<>();
    private boolean holding;

    /** From now on no call is answered before the test does it. */
    synchronized void hold() {
        holding = true;
    }

    /** Returns once so many calls wait for their answer. */
    synchronized void awaitHeld(int calls) throws InterruptedException {
        while (held.size() < calls) {
            wait();
        }
    }

    synchronized void release() {
        holding = false;
        held.forEach(answer -> answer.complete(HttpResponse.create()));
    }

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public boolean accepts(HttpRequest request) {
        if (request.getUri().path().equals("/overflow")) {
            throw new StackOverflowError("as asked");
        }
        return request.method().value().equals("POST");
    }

    /** Below the path {@code /site/} it echoes for visitors. */
    @Override
    public boolean hosts(HttpRequest request) {
        return request.getUri().path().startsWith("/site/");
    }

    @Override
    public int bodyBytesMax() {
        return BODY_BYTES_MAX;
    }

    @Override
    public boolean signed(HttpRequest request) {
        return !request.getUri().path().equals("/open") && !hosts(request);
    }

    @Override
    public boolean reads(HttpRequest request) {
        return true;
    }

    @Override
    public synchronized CompletionStage<HttpResponse> serve(Call call) {
        if (holding) {
            var answer = new CompletableFuture<HttpResponse>();
            held.add(answer);
            notifyAll();
            return answer;
        }
        if (call.body().utf8String().equals("crash")) {
            throw new IllegalStateException("as asked");
        }
        if (call.body().utf8String().equals("overflow")) {
            throw new StackOverflowError("as asked");
        }
        return CompletableFuture.completedStage(
                HttpResponse.create().withEntity(HttpEntities.create(ContentTypes.TEXT_PLAIN_UTF8, call.body())));
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
}
