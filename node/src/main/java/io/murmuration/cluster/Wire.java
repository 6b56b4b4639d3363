package io.murmuration.cluster;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to another node, after its {@link Handshake}: frames of {@code length of the content (4) | its CRC32C (4) | items}.
 *
 * <p>One thread reads, one writes, any closes.
 * <p>Failure: whatever is wrong with a frame ends the connection: what follows cannot be told apart.
 */
final class Wire implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);
    private static final int HEAD_BYTES = 2 * Integer.BYTES;
    private static final int READ_BYTES = 64 * 1024;

    private final Socket socket;
    private final int contentBytesMax;
    private final DataInputStream input;

    /** @param frameBytesMax of the other side: a frame holds at most this, or one message */
    Wire(Socket socket, int frameBytesMax) throws IOException {
        this.socket = socket;
        this.contentBytesMax = Math.max(frameBytesMax, Links.MESSAGE_BYTES_MAX + LinkItem.HEAD_BYTES);
        this.input = new DataInputStream(new BufferedInputStream(socket.getInputStream(), READ_BYTES));
    }

    void write(List<LinkItem> items) throws IOException {
        var size = HEAD_BYTES + items.stream().mapToInt(LinkItem::sizeBytes).sum();
        var out = new ByteWriter(size).int64(0);
        items.forEach(item -> item.write(out));
        var frame = out.toBytes();
        ByteBuffer.wrap(frame).putInt(frame.length - HEAD_BYTES).putInt(checksum(frame, HEAD_BYTES));
        socket.getOutputStream().write(frame);
    }

    /** Waits for the next frame. */
    List<LinkItem> read() throws IOException {
        int length = input.readInt();
        int checksum = input.readInt();
        if (length < 0 || length > contentBytesMax) {
            throw new IOException("a frame of " + length + " bytes");
        }
        var content = new byte[length];
        input.readFully(content);
        if (checksum(content, 0) != checksum) {
            throw new IOException("a frame does not match its checksum");
        }
        var items = new ArrayList<LinkItem>();
        var in = new ByteReader(content);
        try {
            while (in.remaining() > 0) {
                items.add(LinkItem.read(in));
            }
        } catch (IllegalArgumentException unreadable) {
            throw new IOException("a frame cannot be read", unreadable);
        }
        return items;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A socket could not be closed", e);
        }
    }

    private static int checksum(byte[] bytes, int from) {
        var crc = new CRC32C();
        crc.update(bytes, from, bytes.length - from);
        return (int) crc.getValue();
    }
}
