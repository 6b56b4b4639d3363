package io.murmuration.benchmarks;

import io.murmuration.protocol.object.body.BodyHead;
import io.murmuration.protocol.object.body.BodyHead.Framing;
import io.murmuration.protocol.object.body.BodyReader;
import io.murmuration.protocol.object.body.BodySums;
import io.murmuration.protocol.object.body.ChecksumAlgorithm;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What an upload of 1 MiB costs before its bytes go anywhere: MD5 for the ETag, and the checksum; an operation a millisecond is a gigabyte a second. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ObjectBodyBenchmark {
    private static final int BYTES = 1 << 20;
    private static final int CHUNK = 64 * 1024;
    private static final int PIECE = 32 * 1024;

    private final byte[] body = random();
    private final byte[] framed = framed(body);

    /** As SDKs send it by default: in AWS's chunks, with CRC32 behind. */
    @Benchmark
    public BodySums chunked() {
        return read(new BodyHead(BYTES, Framing.CHUNKED, null, null, ChecksumAlgorithm.CRC32, null), framed);
    }

    @Benchmark
    public BodySums plain() {
        return read(new BodyHead(BYTES, Framing.PLAIN, null, null, null, null), body);
    }

    private static BodySums read(BodyHead head, byte[] body) {
        var reader = new BodyReader(head);
        for (int from = 0; from < body.length; from += PIECE) {
            reader.read(ByteBuffer.wrap(body, from, Math.min(PIECE, body.length - from)), slice -> {});
        }
        return reader.end();
    }

    private static byte[] random() {
        var bytes = new byte[BYTES];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static byte[] framed(byte[] body) {
        var crc = new CRC32();
        crc.update(body);
        var sum = Base64.getEncoder()
                .encodeToString(ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) crc.getValue())
                        .array());
        var out = new ByteArrayOutputStream();
        for (int from = 0; from < body.length; from += CHUNK) {
            out.writeBytes(ascii(Integer.toHexString(CHUNK) + "\r\n"));
            out.write(body, from, CHUNK);
            out.writeBytes(ascii("\r\n"));
        }
        out.writeBytes(ascii("0\r\nx-amz-checksum-crc32:" + sum + "\r\n\r\n"));
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
