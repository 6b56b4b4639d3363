package io.murmuration.function;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Where functions write down what they get, over HTTP: what is isolated can write nowhere else. They may be told to go on. */
public final class Notebook implements AutoCloseable {
    /** What a Python handler needs: {@code note(lines)} is done when the lines are written. */
    public static final String PYTHON = """
            import os, urllib.request
            def note(lines):
                urllib.request.urlopen(os.environ['NOTES'] + '/note', data='\\n'.join(lines).encode(), timeout=30).read()
            def may_go():
                return urllib.request.urlopen(os.environ['NOTES'] + '/go', timeout=30).read() == b'yes'
            """;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile boolean go;

    public Notebook() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/note", this::onNote);
        server.createContext("/go", exchange -> reply(exchange, go ? "yes" : "no"));
        server.start();
    }

    /** For the environment variable NOTES. */
    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<String> lines() {
        return new ArrayList<>(lines);
    }

    public void go() {
        go = true;
    }

    private void onNote(HttpExchange exchange) throws IOException {
        lines.addAll(new String(exchange.getRequestBody().readAllBytes(), UTF_8)
                .lines()
                .toList());
        reply(exchange, "noted");
    }

    private static void reply(HttpExchange exchange, String text) throws IOException {
        var bytes = text.getBytes(UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
