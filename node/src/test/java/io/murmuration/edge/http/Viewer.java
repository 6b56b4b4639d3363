package io.murmuration.edge.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A viewer somewhere, on plain sockets: so that its address and its {@code Host} are what the test says. One connection for each request. */
public final class Viewer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 60_000;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param headers by names in lower case; of several lines the last */
    public record Response(int status, Map<String, String> headers, String body) {
        public String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    /**
     * @param address of the viewer, of version 4
     * @param headers names and values in turn
     */
    public record Ask(
            String address, int port, String method, String host, String target, String body, List<String> headers) {
        public static Ask get(int port, String host, String target, String... headers) {
            return new Ask("127.0.0.1", port, "GET", host, target, "", List.of(headers));
        }

        public Ask method(String other, String content) {
            return new Ask(address, port, other, host, target, content, headers);
        }

        public Ask from(String other) {
            return new Ask(other, port, method, host, target, body, headers);
        }

        private InetAddress source() throws IOException {
            var bytes = new byte[4];
            var parts = address.split("\\.");
            for (int at = 0; at < bytes.length; at++) {
                bytes[at] = (byte) Integer.parseInt(parts[at]);
            }
            return InetAddress.getByAddress(bytes);
        }
    }

    public CompletableFuture<Response> later(Ask ask) {
        return CompletableFuture.supplyAsync(() -> now(ask), threads);
    }

    public Response now(Ask ask) {
        try (var socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.bind(new InetSocketAddress(ask.source(), 0));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), ask.port()));
            var head = new StringBuilder(ask.method() + " " + ask.target() + " HTTP/1.1\r\nHost: " + ask.host()
                    + "\r\nConnection: close\r\n");
            for (int at = 0; at < ask.headers().size(); at += 2) {
                head.append(ask.headers().get(at))
                        .append(": ")
                        .append(ask.headers().get(at + 1))
                        .append("\r\n");
            }
            var body = ask.body().getBytes(StandardCharsets.UTF_8);
            if (body.length > 0) {
                head.append("Content-Length: ").append(body.length).append("\r\n");
            }
            var out = socket.getOutputStream();
            out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            return parsed(socket.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Response parsed(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IllegalStateException("no answer: " + text);
        }
        var lines = text.substring(0, end).split("\r\n");
        var headers = new TreeMap<String, String>();
        for (int line = 1; line < lines.length; line++) {
            int colon = lines[line].indexOf(':');
            headers.put(
                    lines[line].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[line].substring(colon + 1).strip());
        }
        var body = text.substring(end + 4);
        var whole = "chunked".equals(headers.get("transfer-encoding")) ? joined(body) : body;
        return new Response(
                Integer.parseInt(lines[0].split(" ")[1]),
                headers,
                new String(whole.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
    }

    private static String joined(String chunks) {
        var all = new ByteArrayOutputStream();
        int at = 0;
        while (true) {
            int line = chunks.indexOf("\r\n", at);
            int size = Integer.parseInt(chunks.substring(at, line), 16);
            if (size == 0) {
                return all.toString(StandardCharsets.ISO_8859_1);
            }
            all.writeBytes(chunks.substring(line + 2, line + 2 + size).getBytes(StandardCharsets.ISO_8859_1));
            at = line + 2 + size + 2;
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
