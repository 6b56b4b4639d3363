package io.murmuration.object;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectAddress;
import io.murmuration.protocol.object.RequestHead;
import io.murmuration.protocol.object.operation.ObjectOperation;
import io.murmuration.protocol.object.operation.ObjectRequest;
import io.murmuration.protocol.object.operation.ObjectRequestCodec;
import io.murmuration.protocol.object.xml.ErrorDocument;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.pekko.util.ByteString;

/** Keeps what real clients send, byte for byte, decoded by the code that is tested; answers what the test gives it. */
final class RecordingServer implements AutoCloseable {
    /** A request as it came and as it was understood. */
    record Recorded(RequestHead head, ByteString body, ObjectRequest request) {
        byte[] bytes() {
            return body.toArrayUnsafe();
        }
    }

    record Answer(int status, Map<String, String> headers, ByteString body) {
        static Answer of(int status, Map<String, String> headers, byte[] body) {
            return new Answer(status, headers, ByteString.fromArray(body));
        }

        static Answer of(byte[] body) {
            return of(200, Map.of("Content-Type", "application/xml"), body);
        }
    }

    private static final int NO_BODY = -1;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<Recorded> recorded = new LinkedBlockingQueue<>();
    private volatile Answer answer = Answer.of(200, Map.of("ETag", "\"e\""), new byte[0]);

    RecordingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void answer(Answer next) {
        answer = next;
    }

    /** The only request since the last call. */
    Recorded only() {
        if (recorded.size() != 1) {
            throw new AssertionError(recorded.size() + " requests");
        }
        return recorded.remove();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var head = head(exchange);
            try {
                var address = ObjectAddress.of(head);
                var operation = ObjectOperation.of(head, address);
                var document = operation.body() == ObjectOperation.Body.XML ? body : new byte[0];
                recorded.add(new Recorded(
                        head,
                        ByteString.fromArray(body),
                        ObjectRequestCodec.decode(operation, head, address, document)));
                send(exchange, answer);
            } catch (ServiceException e) {
                var bytes = ErrorDocument.encode(e.error(), head.rawPath(), "R1", "H1");
                send(exchange, Answer.of(ErrorDocument.status(e.error()), Map.of(), bytes));
            }
        }
    }

    private static RequestHead head(HttpExchange exchange) {
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(",", values)));
        var uri = exchange.getRequestURI();
        return new RequestHead(
                exchange.getRequestMethod(),
                headers.getOrDefault("Host", ""),
                uri.getRawPath(),
                uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                headers);
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        boolean bodiless = answer.body().toArrayUnsafe().length == 0
                || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(
                answer.status(), bodiless ? NO_BODY : answer.body().toArrayUnsafe().length);
        if (!bodiless) {
            exchange.getResponseBody().write(answer.body().toArrayUnsafe());
        }
    }
}
