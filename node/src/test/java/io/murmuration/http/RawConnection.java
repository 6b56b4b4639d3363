package io.murmuration.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** A client that decides itself what it sends when, and whether it reads. It takes little more than what it reads. */
public final class RawConnection implements AutoCloseable {
    private static final int RECEIVED_BYTES_MAX = 64 * 1024;
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: ([0-9]+)\r\n");

    private final Socket socket = new Socket();

    /** Head and body of an answer. */
    public record Answer(String head, String body) {
        public int status() {
            return Integer.parseInt(head.split(" ", 3)[1]);
        }

        boolean closes() {
            return head.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n");
        }
    }

    public RawConnection(int port) throws IOException {
        socket.setReceiveBufferSize(RECEIVED_BYTES_MAX); // before it connects: the window is told then
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    public void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    void sendHead(String path, String... headers) throws IOException {
        send(head(path, headers));
    }

    /** The head of a POST; the body is whatever the given headers say. */
    static String head(String path, String... headers) {
        var lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n";
    }

    public Answer read() throws IOException {
        var head = readHead();
        var length = LENGTH.matcher(head);
        int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
        return new Answer(head, readBody(bytes));
    }

    String readBody(int bytes) throws IOException {
        var body = socket.getInputStream().readNBytes(bytes);
        if (body.length < bytes) {
            throw new EOFException("within a body, after " + body.length + " bytes");
        }
        return new String(body, StandardCharsets.UTF_8);
    }

    /** To the empty line behind it, and no further. */
    String readHead() throws IOException {
        InputStream in = socket.getInputStream();
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("within a head: " + head);
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    /** Ends the connection at once, as the end of a process does. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
