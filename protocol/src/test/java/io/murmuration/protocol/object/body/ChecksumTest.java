package io.murmuration.protocol.object.body;

import static io.murmuration.protocol.object.Requests.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.object.ObjectError;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ChecksumTest {
    /** CRC-64/NVME: NVM Express command set specification and the catalogues of CRCs; the others: any implementation. */
    @ParameterizedTest
    @CsvSource({
        "CRC32, cbf43926",
        "CRC32C, e3069283",
        "CRC64NVME, ae8b14860a799888",
        "SHA1, f7c3bc1d808e04732adf679965ccc34ca7ae3441",
        "SHA256, 15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225"
    })
    void the_nine_digits_have_their_known_value(ChecksumAlgorithm algorithm, String hex) {
        var checksum = sum(algorithm, "123456789".getBytes(StandardCharsets.US_ASCII));

        assertThat(HexFormat.of().formatHex(Base64.getDecoder().decode(checksum.value())))
                .isEqualTo(hex);
        assertThat(checksum.isWellFormed()).isTrue();
    }

    @Test
    void eight_bytes_a_step_are_as_one_at_a_time() {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var bytes = ChunkedBodies.random(random, random.nextInt(100));
            int from = random.nextInt(bytes.length + 1);
            var steps = new Crc64Nvme();
            var single = new Crc64Nvme();
            steps.update(bytes, from, bytes.length - from);
            for (int at = from; at < bytes.length; at++) {
                single.update(bytes[at]);
            }

            assertThat(steps.getValue()).as("seed %d", seed).isEqualTo(single.getValue());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CRC32", "CRC32C", "CRC64NVME"})
    void the_parts_crcs_give_the_wholes(ChecksumAlgorithm algorithm) {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var whole = ChunkedBodies.random(random, random.nextInt(5000));
            var parts = new ArrayList<PartSums.Part>();
            int at = 0;
            do {
                int to = at + random.nextInt(whole.length - at + 1);
                if (parts.size() == 6) {
                    to = whole.length;
                }
                parts.add(new PartSums.Part(sum(algorithm, Arrays.copyOfRange(whole, at, to)), to - at));
                at = to;
            } while (at < whole.length);

            assertThat(PartSums.whole(parts)).as("seed %d", seed).isEqualTo(sum(algorithm, whole));
        }
    }

    @Test
    void a_composite_is_the_checksum_of_the_checksums() {
        var first = sum(ChecksumAlgorithm.SHA256, new byte[] {1});
        var second = sum(ChecksumAlgorithm.SHA256, new byte[] {2});
        var both = ByteBuffer.allocate(64)
                .put(Base64.getDecoder().decode(first.value()))
                .put(Base64.getDecoder().decode(second.value()))
                .array();

        assertThat(PartSums.composite(List.of(first, second)).value())
                .isEqualTo(sum(ChecksumAlgorithm.SHA256, both).value() + "-2");
    }

    @Test
    void an_uploads_etag_is_the_md5_of_the_parts_md5s() {
        var emptyMd5 = "d41d8cd98f00b204e9800998ecf8427e";

        assertThat(PartSums.etag(List.of(emptyMd5))).isEqualTo("59adb24ef3cdbe0297f05b395827453f-1");
    }

    @Test
    void some_algorithms_have_one_type_only() {
        assertThat(ChecksumType.read(null, ChecksumAlgorithm.CRC64NVME)).isEqualTo(ChecksumType.FULL_OBJECT);
        assertThat(ChecksumType.read("FULL_OBJECT", ChecksumAlgorithm.CRC32)).isEqualTo(ChecksumType.FULL_OBJECT);
        assertThat(refusal(() -> ChecksumType.read("COMPOSITE", ChecksumAlgorithm.CRC64NVME))
                        .message())
                .isEqualTo("The COMPOSITE checksum type cannot be used with the crc64nvme checksum algorithm.");
        assertThat(refusal(() -> ChecksumType.read("FULL_OBJECT", ChecksumAlgorithm.SHA1))
                        .code())
                .isEqualTo(ObjectError.INVALID_REQUEST);
    }

    static Checksum sum(ChecksumAlgorithm algorithm, byte[] bytes) {
        var running = algorithm.start();
        running.update(ByteBuffer.wrap(bytes));
        return new Checksum(algorithm, Base64.getEncoder().encodeToString(running.value()));
    }
}
