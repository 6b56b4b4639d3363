package io.murmuration.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.murmuration.object.UploadRules.Completed;
import io.murmuration.object.UploadRules.Upload;
import io.murmuration.object.UploadRules.UploadedPart;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectError;
import io.murmuration.protocol.object.ObjectName;
import io.murmuration.protocol.object.body.BodyHead;
import io.murmuration.protocol.object.body.BodyReader;
import io.murmuration.protocol.object.body.Checksum;
import io.murmuration.protocol.object.body.ChecksumAlgorithm;
import io.murmuration.protocol.object.body.ChecksumType;
import io.murmuration.protocol.object.body.PartSums;
import io.murmuration.protocol.object.operation.ObjectRequest.CompleteMultipartUpload;
import io.murmuration.protocol.object.operation.ObjectRequest.CompletedPart;
import io.murmuration.protocol.object.operation.WriteConditions;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UploadRulesTest {
    private static final Upload PLAIN = new Upload(null, null);
    private static final Upload COMPOSITE = new Upload(ChecksumAlgorithm.CRC32, ChecksumType.COMPOSITE);
    private static final int LARGE = (int) UploadRules.PART_BYTES_MIN;

    @Test
    void parts_of_five_mebibytes_and_a_small_last_one_make_an_object() {
        var first = part(PLAIN, new byte[LARGE]);
        var last = part(PLAIN, new byte[] {1, 2, 3});

        var completed = complete(
                PLAIN, Map.of(1, first, 2, part(PLAIN, new byte[1]), 7, last), chosen(1, first), chosen(7, last));

        assertThat(completed.etag()).isEqualTo(PartSums.etag(List.of(first.etag(), last.etag())));
        assertThat(completed.bytes()).isEqualTo(LARGE + 3);
        assertThat(completed.type()).isEqualTo(ChecksumType.FULL_OBJECT);
        var whole = ByteBuffer.allocate(LARGE + 3)
                .position(LARGE)
                .put(new byte[] {1, 2, 3})
                .array();
        assertThat(completed.checksum()).isEqualTo(part(PLAIN, whole).checksum());
    }

    @Test
    void a_part_that_is_not_the_last_has_five_mebibytes() {
        var first = part(PLAIN, new byte[LARGE - 1]);
        var last = part(PLAIN, new byte[1]);

        var error = refusal(() -> complete(PLAIN, Map.of(1, first, 2, last), chosen(1, first), chosen(2, last)));

        assertThat(error.code()).isEqualTo(ObjectError.ENTITY_TOO_SMALL);
        assertThat(error.message()).isEqualTo("Your proposed upload is smaller than the minimum allowed size");
        assertThat(error.details())
                .isEqualTo(Map.of(
                        "PartNumber",
                        "1",
                        "ETag",
                        first.etag(),
                        "ProposedSize",
                        "5242879",
                        "MinSizeAllowed",
                        "5242880"));
    }

    @Test
    void parts_come_in_ascending_order_and_once() {
        var part = part(PLAIN, new byte[LARGE]);
        var uploaded = Map.of(1, part, 2, part);

        for (var parts :
                List.of(List.of(chosen(2, part), chosen(1, part)), List.of(chosen(1, part), chosen(1, part)))) {
            var error = refusal(() -> complete(PLAIN, uploaded, parts.toArray(CompletedPart[]::new)));
            assertThat(error.code()).isEqualTo(ObjectError.INVALID_PART_ORDER);
        }
    }

    @Test
    void a_part_that_is_not_there_or_not_that_one_is_invalid() {
        var part = part(PLAIN, new byte[1]);
        var other = part(PLAIN, new byte[2]);

        for (var chosen :
                List.of(chosen(2, part), chosen(1, other), new CompletedPart(1, part.etag(), other.checksum()))) {
            var error = refusal(() -> complete(PLAIN, Map.of(1, part), chosen));
            assertThat(error.code()).isEqualTo(ObjectError.INVALID_PART);
            assertThat(error.message()).startsWith("One or more of the specified parts could not be found.");
        }
    }

    @Test
    void composite_checksums_are_told_for_each_part() {
        var part = part(COMPOSITE, new byte[1]);
        var told = new CompletedPart(1, part.etag(), part.checksum());

        assertThat(complete(COMPOSITE, Map.of(1, part), told).checksum())
                .isEqualTo(PartSums.composite(List.of(part.checksum())));
        assertThat(refusal(() -> complete(COMPOSITE, Map.of(1, part), chosen(1, part)))
                        .message())
                .isEqualTo("The upload was created using a crc32 checksum. The complete request must include the "
                        + "checksum for each part. It was missing for part 1 in the request.");
    }

    @Test
    void the_wholes_checksum_and_size_are_verified() {
        var part = part(PLAIN, new byte[1]);
        var wrong = part(PLAIN, new byte[2]).checksum();

        assertThat(complete(PLAIN, part, part.checksum(), 1L).checksum()).isEqualTo(part.checksum());
        assertThat(refusal(() -> complete(PLAIN, part, wrong, null)).code()).isEqualTo(ObjectError.BAD_DIGEST);
        assertThat(refusal(() -> complete(PLAIN, part, null, 2L)).message())
                .isEqualTo("The provided 'x-amz-mp-object-size' header value 2 does not match what was computed: 1");
    }

    @Test
    void an_object_has_five_tebibytes_at_most() {
        var sum = part(PLAIN, new byte[1]);
        var huge = new UploadedPart(sum.etag(), UploadRules.OBJECT_BYTES_MAX, sum.checksum(), null);

        assertThat(complete(PLAIN, huge, null, null).bytes()).isEqualTo(UploadRules.OBJECT_BYTES_MAX);
        var error = refusal(() -> complete(PLAIN, Map.of(1, huge, 2, sum), chosen(1, huge), chosen(2, sum)));
        assertThat(error.code()).isEqualTo(ObjectError.ENTITY_TOO_LARGE);
    }

    @Test
    void a_part_is_summed_up_as_the_upload_began() {
        var crc32 = new BodyHead(1, BodyHead.Framing.CHUNKED, null, null, ChecksumAlgorithm.CRC32, null);
        var none = new BodyHead(1, BodyHead.Framing.PLAIN, null, null, null, null);

        UploadRules.checkPart(COMPOSITE, crc32);
        UploadRules.checkPart(COMPOSITE, none);
        UploadRules.checkPart(PLAIN, none);
        // "default checksum": an upload that began without an algorithm takes parts with any
        UploadRules.checkPart(PLAIN, crc32);
        var sha256 = new BodyHead(1, BodyHead.Framing.CHUNKED, null, null, ChecksumAlgorithm.SHA256, null);
        assertThat(refusal(() -> UploadRules.checkPart(COMPOSITE, sha256)).message())
                .startsWith("Checksum Type mismatch occurred, expected checksum Type: ")
                .endsWith(", actual checksum Type: sha256");
    }

    private static CompletedPart chosen(int number, UploadedPart part) {
        return new CompletedPart(number, part.etag(), null);
    }

    private static UploadedPart part(Upload upload, byte[] bytes) {
        var head = new BodyHead(bytes.length, BodyHead.Framing.PLAIN, null, null, null, null);
        var reader = new BodyReader(head, upload.summedWith(), true);
        reader.read(ByteBuffer.wrap(bytes), slice -> {});
        var sums = reader.end();
        return new UploadedPart(sums.etag(), sums.bytes(), sums.checksum(), null);
    }

    private static Completed complete(Upload upload, Map<Integer, UploadedPart> uploaded, CompletedPart... parts) {
        return UploadRules.complete(upload, request(List.of(parts), null, null), uploaded);
    }

    private static Completed complete(
            Upload upload, UploadedPart part, @Nullable Checksum checksum, @Nullable Long size) {
        return UploadRules.complete(upload, request(List.of(chosen(1, part)), checksum, size), Map.of(1, part));
    }

    private static CompleteMultipartUpload request(
            List<CompletedPart> parts, @Nullable Checksum checksum, @Nullable Long size) {
        return new CompleteMultipartUpload(
                new ObjectName("birds", "k"), "u", parts, WriteConditions.NONE, checksum, size);
    }

    private static ServiceError refusal(ThrowingCallable call) {
        return catchThrowableOfType(ServiceException.class, call).error();
    }
}
