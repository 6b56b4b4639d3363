package io.murmuration.protocol.object.body;

import static io.murmuration.protocol.object.Requests.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectError;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsChunkedDecoderTest {
    @ParameterizedTest
    @MethodSource("seeds")
    void a_body_is_the_same_however_it_is_framed_and_cut(int seed) {
        var random = new Random(seed);
        var body = ChunkedBodies.random(random, random.nextInt(3) == 0 ? random.nextInt(3) : random.nextInt(100_000));
        boolean signed = random.nextBoolean();
        var framed = ChunkedBodies.framed(
                body, ChunkedBodies.lengths(random, body.length), signed, "x-amz-checksum-crc32:AAAAAA==");
        var decoder = new AwsChunkedDecoder(signed, body.length);
        var decoded = new ByteArrayOutputStream();

        for (var piece : ChunkedBodies.cut(random, framed)) {
            decoder.read(piece, slice -> append(decoded, slice));
            assertThat(piece.hasRemaining()).isFalse();
        }

        assertThat(decoder.end()).isEqualTo(Map.of("x-amz-checksum-crc32", "AAAAAA=="));
        assertThat(decoded.toByteArray()).as("seed %d", seed).isEqualTo(body);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_body_that_ends_early_never_ends_well(int seed) {
        var random = new Random(seed);
        var body = ChunkedBodies.random(random, 1 + random.nextInt(30_000));
        var framed = ChunkedBodies.framed(body, ChunkedBodies.lengths(random, body.length), true, "a:b");
        var decoder = new AwsChunkedDecoder(true, body.length);
        decoder.read(ByteBuffer.wrap(framed, 0, random.nextInt(framed.length)), slice -> {});

        assertThat(refusal(decoder::end).code()).as("seed %d", seed).isEqualTo(ObjectError.INCOMPLETE_BODY);
    }

    /** Whatever bytes come, the decoder refuses in S3's words or decodes; and it never gives more than was announced. */
    @ParameterizedTest
    @MethodSource("seeds")
    void changed_bytes_break_nothing(int seed) {
        var random = new Random(seed);
        var body = ChunkedBodies.random(random, 1 + random.nextInt(20_000));
        var framed =
                ChunkedBodies.framed(body, ChunkedBodies.lengths(random, body.length), random.nextBoolean(), "a:b");
        for (int change = 0; change <= random.nextInt(4); change++) {
            framed[random.nextInt(framed.length)] = (byte) random.nextInt(256);
        }
        var decoder = new AwsChunkedDecoder(false, body.length);
        var decoded = new ByteArrayOutputStream();
        try {
            for (var piece : ChunkedBodies.cut(random, framed)) {
                decoder.read(piece, slice -> append(decoded, slice));
            }
            decoder.end();
        } catch (ServiceException refused) {
            assertThat(refused.error().code().status()).as("seed %d", seed).isBetween(400, 403);
        }
        assertThat(decoded.size()).as("seed %d", seed).isLessThanOrEqualTo(body.length);
    }

    @Test
    void a_chunks_signature_is_no_part_of_its_bytes() {
        var decoder = new AwsChunkedDecoder(true, 3);
        var decoded = new ByteArrayOutputStream();
        decoder.read(bytes("3;chunk-signature=00ff\r\nabc\r\n"), slice -> append(decoded, slice));

        assertThat(decoded.toString(StandardCharsets.US_ASCII)).isEqualTo("abc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "x\r\n",
                "-1\r\n",
                "3 \r\n",
                "3;chunk-signature=\r\n",
                "3;other=1\r\n",
                "3\r\n",
                "1000000000000000;chunk-signature=a\r\n",
                "3;chunk-signature=a\r\nabcd",
                "0;chunk-signature=a\r\n\r\nx"
            })
    void what_is_no_signed_chunk_is_refused(String text) {
        var error = refusal(() -> new AwsChunkedDecoder(true, 100).read(bytes(text + "\r\n"), slice -> {}));

        assertThat(error.code()).isEqualTo(ObjectError.INVALID_REQUEST);
    }

    @ParameterizedTest
    @CsvSource({"no colon, MALFORMED_TRAILER", ":b, MALFORMED_TRAILER", "a:b\\a:c, MALFORMED_TRAILER"})
    void what_is_no_trailer_is_refused(String trailers, ObjectError code) {
        var text = "0\r\n" + trailers.replace("\\", "\r\n") + "\r\n\r\n";

        assertThat(refusal(() -> new AwsChunkedDecoder(false, 100).read(bytes(text), slice -> {}))
                        .code())
                .isEqualTo(code);
    }

    @Test
    void lines_and_trailers_are_bounded() {
        var line = "a".repeat(AwsChunkedDecoder.LINE_BYTES_MAX + 1);
        var trailers = new StringBuilder("0\r\n");
        IntStream.rangeClosed(0, AwsChunkedDecoder.TRAILERS_MAX).forEach(at -> trailers.append("t" + at + ":v\r\n"));

        assertThat(refusal(() -> new AwsChunkedDecoder(false, 9).read(bytes(line), slice -> {}))
                        .code())
                .isEqualTo(ObjectError.INVALID_REQUEST);
        assertThat(refusal(() -> new AwsChunkedDecoder(false, 9).read(bytes("0\r\n" + line), slice -> {}))
                        .code())
                .isEqualTo(ObjectError.MALFORMED_TRAILER);
        assertThat(refusal(() -> new AwsChunkedDecoder(false, 9).read(bytes(trailers.toString()), slice -> {}))
                        .code())
                .isEqualTo(ObjectError.MALFORMED_TRAILER);
    }

    @Test
    void more_than_was_announced_is_refused_before_it_is_read() {
        var error = refusal(() -> new AwsChunkedDecoder(false, 4).read(bytes("5\r\n"), slice -> {}));

        assertThat(error.code()).isEqualTo(ObjectError.INCOMPLETE_BODY);
    }

    /** "Only the last chunk is allowed to have a size less than 8192 bytes". */
    @Test
    void a_small_chunk_is_the_last() {
        var body = new byte[8192 + 8191 + 1];
        var small = ChunkedBodies.framed(body, List.of(8192, 8191, 1), false);
        var large = ChunkedBodies.framed(body, List.of(8192, 8192), false);

        new AwsChunkedDecoder(false, body.length).read(ByteBuffer.wrap(large), slice -> {});
        var error = refusal(() -> new AwsChunkedDecoder(false, body.length).read(ByteBuffer.wrap(small), slice -> {}));
        assertThat(error.code()).isEqualTo(ObjectError.INVALID_CHUNK_SIZE);
        assertThat(error.details()).isEqualTo(Map.of("Chunk", "2", "BadChunkSize", "8191"));
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    private static void append(ByteArrayOutputStream to, ByteBuffer slice) {
        while (slice.hasRemaining()) {
            to.write(slice.get());
        }
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
