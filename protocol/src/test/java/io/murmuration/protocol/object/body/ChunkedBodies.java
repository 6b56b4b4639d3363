package io.murmuration.protocol.object.body;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes bodies in AWS's chunks, and cuts bytes anywhere. */
final class ChunkedBodies {
    private static final String SIGNATURE = ";chunk-signature=" + "0123456789abcdef".repeat(4);

    private ChunkedBodies() {}

    static byte[] random(Random random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** @param trailers each as {@code name:value} */
    static byte[] framed(byte[] body, List<Integer> chunks, boolean signed, String... trailers) {
        var framed = new ByteArrayOutputStream();
        int at = 0;
        for (int length : chunks) {
            line(framed, Integer.toHexString(length) + (signed ? SIGNATURE : ""));
            framed.write(body, at, length);
            line(framed, "");
            at += length;
        }
        line(framed, "0" + (signed ? SIGNATURE : ""));
        for (var trailer : trailers) {
            line(framed, trailer);
        }
        line(framed, "");
        return framed.toByteArray();
    }

    /** Lengths that a client may choose: at least 8 KiB but for the last. */
    static List<Integer> lengths(Random random, int total) {
        var lengths = new ArrayList<Integer>();
        int left = total;
        while (left > 0) {
            int length = Math.min(left, AwsChunkedDecoder.CHUNK_BYTES_MIN + random.nextInt(20_000));
            lengths.add(length);
            left -= length;
        }
        return lengths;
    }

    /** All of the bytes, in pieces of one byte and more. */
    static List<ByteBuffer> cut(Random random, byte[] bytes) {
        var pieces = new ArrayList<ByteBuffer>();
        int at = 0;
        while (at < bytes.length) {
            int most = random.nextInt(4) == 0 ? 1 : 1 + random.nextInt(9000);
            int length = Math.min(bytes.length - at, most);
            pieces.add(ByteBuffer.wrap(bytes, at, length).slice().asReadOnlyBuffer());
            at += length;
        }
        return pieces;
    }

    private static void line(ByteArrayOutputStream to, String text) {
        to.writeBytes((text + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }
}
