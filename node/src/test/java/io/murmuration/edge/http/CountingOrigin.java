package io.murmuration.edge.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An origin that counts who asks it and answers as the test says. */
final class CountingOrigin implements AutoCloseable {
    /** What it answers. */
    interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** A request that it got. */
    record Asked(String method, String uri, String host, String body, HttpExchange exchange) {
        String header(String name) {
            var value = exchange.getRequestHeaders().getFirst(name);
            return value == null ? "" : value;
        }
    }

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    volatile Answering answering = exchange -> answer(exchange, 200, "body", "Cache-Control", "max-age=600");
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    CountingOrigin() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    int count() {
        return asked.size();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange.getRequestHeaders().getFirst("Host"),
                body,
                exchange));
        answering.answer(exchange);
    }

    static void answer(HttpExchange exchange, int status, String body, String... headers) throws IOException {
        for (int at = 0; at < headers.length; at += 2) {
            exchange.getResponseHeaders().add(headers[at], headers[at + 1]);
        }
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var none = status == 304 || exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, none ? -1 : bytes.length);
        if (!none) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
