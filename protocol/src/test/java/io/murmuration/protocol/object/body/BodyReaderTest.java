package io.murmuration.protocol.object.body;

import static io.murmuration.protocol.object.Requests.head;
import static io.murmuration.protocol.object.Requests.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.object.ObjectError;
import io.murmuration.protocol.object.body.BodyHead.Framing;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {
    private static final byte[] BODY = "123456789".getBytes(StandardCharsets.US_ASCII);
    private static final String MD5_HEX = "25f9e794323b453885f5181f1b624d0b";
    private static final String MD5 =
            Base64.getEncoder().encodeToString(HexFormat.of().parseHex(MD5_HEX));
    private static final String SHA256 = "15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225";

    @Test
    void a_plain_body_has_an_etag_and_a_checksum_of_ours() {
        var sums = read("Content-Length: 9");

        assertThat(sums.etag()).isEqualTo(MD5_HEX);
        assertThat(sums.checksum()).isEqualTo(ChecksumTest.sum(ChecksumAlgorithm.CRC64NVME, BODY));
        assertThat(sums.clientSent()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void a_checksum_ahead_is_verified(ChecksumAlgorithm algorithm) {
        var right = ChecksumTest.sum(algorithm, BODY);
        var wrong = ChecksumTest.sum(algorithm, new byte[9]);

        var sums = read("Content-Length: 9", algorithm.header() + ": " + right.value());

        assertThat(sums.checksum()).isEqualTo(right);
        assertThat(sums.clientSent()).isTrue();
        var error = refusal(() -> read("Content-Length: 9", algorithm.header() + ": " + wrong.value()));
        assertThat(error.code()).isEqualTo(ObjectError.BAD_DIGEST);
        assertThat(error.message())
                .isEqualTo("The " + algorithm + " you specified did not match the calculated checksum.");
    }

    @ParameterizedTest
    @EnumSource
    void a_checksum_behind_is_verified(ChecksumAlgorithm algorithm) {
        for (int seed = 0; seed < 20; seed++) {
            var random = new Random(seed);
            var body = ChunkedBodies.random(random, random.nextInt(50_000));
            var right = ChecksumTest.sum(algorithm, body);
            var chunks = ChunkedBodies.lengths(random, body.length);
            var plan = new BodyHead(body.length, Framing.CHUNKED, null, null, algorithm, null);
            var trailer = algorithm.header() + ":" + right.value();
            var reader = new BodyReader(plan);
            var read = new ByteArrayOutputStream();
            for (var piece : ChunkedBodies.cut(random, ChunkedBodies.framed(body, chunks, false, trailer))) {
                reader.read(piece, slice -> read.writeBytes(bytes(slice)));
            }

            assertThat(reader.end().checksum()).as("seed %d", seed).isEqualTo(right);
            assertThat(read.toByteArray()).as("seed %d", seed).isEqualTo(body);

            var changed = body.length == 0 ? new byte[1] : body.clone();
            changed[0] ^= 1;
            var other = new BodyReader(new BodyHead(changed.length, Framing.CHUNKED, null, null, algorithm, null));
            var sizes = ChunkedBodies.lengths(random, changed.length);
            other.read(ByteBuffer.wrap(ChunkedBodies.framed(changed, sizes, false, trailer)), slice -> {});
            assertThat(refusal(other::end).code()).as("seed %d", seed).isEqualTo(ObjectError.BAD_DIGEST);
        }
    }

    @Test
    void md5_and_sha256_are_verified() {
        assertThat(read("Content-Length: 9", "Content-MD5: " + MD5, "x-amz-content-sha256: " + SHA256)
                        .bytes())
                .isEqualTo(9);

        var md5 = refusal(() -> read("Content-Length: 9", "Content-MD5: " + "A".repeat(22) + "=="));
        assertThat(md5.code()).isEqualTo(ObjectError.BAD_DIGEST);
        assertThat(md5.message()).isEqualTo("The Content-MD5 you specified did not match what we received.");
        assertThat(md5.details()).containsEntry("CalculatedDigest", MD5);
        var sha256 = refusal(() -> read("Content-Length: 9", "x-amz-content-sha256: " + "0".repeat(64)));
        assertThat(sha256.code()).isEqualTo(ObjectError.CONTENT_SHA256_MISMATCH);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 10, 100})
    void a_body_has_the_length_that_was_announced(int length) {
        assertThat(refusal(() -> read("Content-Length: " + length)).code()).isEqualTo(ObjectError.INCOMPLETE_BODY);
    }

    @Test
    void a_trailer_that_was_announced_must_come_and_no_other_may() {
        var plan = new BodyHead(9, Framing.CHUNKED, null, null, ChecksumAlgorithm.CRC32, null);
        for (var trailers : List.of(List.<String>of(), List.of("x-amz-checksum-crc32:y/Q5Jg==", "x-other:1"))) {
            var reader = new BodyReader(plan);
            var framed = ChunkedBodies.framed(BODY, List.of(9), false, trailers.toArray(String[]::new));
            reader.read(ByteBuffer.wrap(framed), slice -> {});

            assertThat(refusal(reader::end).code()).isEqualTo(ObjectError.MALFORMED_TRAILER);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            x-amz-checksum-crc32: AAA=           | INVALID_REQUEST
            x-amz-checksum-crc32: AAAAAA==-2     | INVALID_REQUEST
            x-amz-checksum-sha1: !               | INVALID_REQUEST
            x-amz-trailer: x-amz-checksum-crc32  | INVALID_REQUEST
            x-amz-trailer: x-amz-meta-a          | INVALID_REQUEST
            x-amz-sdk-checksum-algorithm: CRC32  | INVALID_REQUEST
            x-amz-sdk-checksum-algorithm: XXHASH | INVALID_REQUEST
            Content-MD5: AAAA                    | INVALID_DIGEST
            Content-MD5: !                       | INVALID_DIGEST
            Content-Length: x                    | INVALID_ARGUMENT
            Content-Length: -1                   | INVALID_ARGUMENT
            Content-Length: 5368709121           | ENTITY_TOO_LARGE
            """)
    void a_head_that_cannot_be_is_refused(String header, ObjectError code) {
        var headers = header.startsWith("Content-Length")
                ? new String[] {header}
                : new String[] {"Content-Length: 9", header};

        assertThat(refusal(() -> BodyHeadReader.ofObject(head("PUT", "/b/k", headers)))
                        .code())
                .isEqualTo(code);
    }

    @Test
    void two_checksums_are_one_too_many() {
        var headers = new ArrayList<>(List.of("Content-Length: 9", "x-amz-checksum-crc32: AAAAAA=="));
        headers.add("x-amz-checksum-crc32c: AAAAAA==");

        assertThat(refusal(() -> BodyHeadReader.ofObject(head("PUT", "/b/k", headers.toArray(String[]::new))))
                        .message())
                .isEqualTo("Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    }

    @Test
    void a_body_without_a_length_is_refused() {
        assertThat(refusal(() -> BodyHeadReader.ofObject(head("PUT", "/b/k"))).code())
                .isEqualTo(ObjectError.MISSING_CONTENT_LENGTH);
        var chunked = head("PUT", "/b/k", "Content-Length: 9", "Content-Encoding: aws-chunked");
        assertThat(refusal(() -> BodyHeadReader.ofObject(chunked)).code())
                .isEqualTo(ObjectError.MISSING_CONTENT_LENGTH);
    }

    private static BodySums read(String... headers) {
        var reader = new BodyReader(BodyHeadReader.ofObject(head("PUT", "/b/k", headers)));
        reader.read(ByteBuffer.wrap(BODY), slice -> {});
        return reader.end();
    }

    private static byte[] bytes(ByteBuffer slice) {
        var bytes = new byte[slice.remaining()];
        slice.get(bytes);
        return bytes;
    }
}
