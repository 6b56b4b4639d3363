package io.murmuration.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Uploads in parts by the unmodified SDK, on three nodes. Parts are of 5 MiB, the least that S3 takes. */
@Timeout(120)
class MultipartTest {
    private static final int PART = 5 << 20;
    private static ObjectCluster cluster;
    private static S3Client one;
    private static S3Client two;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        cluster = new ObjectCluster(folder, 3, ObjectSettings.defaults());
        one = cluster.client(1);
        two = cluster.client(2);
        one.createBucket(request -> request.bucket("birds"));
    }

    @AfterAll
    static void stop() throws Exception {
        one.close();
        two.close();
        cluster.close();
    }

    @Test
    void parts_become_an_object_that_is_read_whole_in_ranges_and_by_part() throws Exception {
        var upload = begin("whole", ChecksumAlgorithm.CRC32);
        var first = bytes(1, PART);
        var second = bytes(2, PART + 4_000_000);
        var third = bytes(3, 10);
        var whole = joined(first, second, third);
        var parts = new ArrayList<CompletedPart>();
        // out of order, through different nodes
        var three = part(two, "whole", upload, 3, third);
        parts.add(part(one, "whole", upload, 1, first));
        parts.add(part(two, "whole", upload, 2, second));
        parts.add(three);

        var completed = complete("whole", upload, parts);
        var got = two.getObjectAsBytes(
                request -> request.bucket("birds").key("whole").checksumMode(ChecksumMode.ENABLED));
        var ranged = two.getObjectAsBytes(
                request -> request.bucket("birds").key("whole").range("bytes=" + (PART - 10) + "-" + (PART + 9)));
        var byPart = one.getObjectAsBytes(
                request -> request.bucket("birds").key("whole").partNumber(2));

        assertThat(completed.eTag()).matches("\"[0-9a-f]{32}-3\"");
        assertThat(got.asByteBuffer()).isEqualTo(ByteBuffer.wrap(whole));
        assertThat(got.response().eTag()).isEqualTo(completed.eTag());
        assertThat(got.response().metadata()).isEqualTo(Map.of("a", "1"));
        assertThat(got.response().checksumTypeAsString()).isEqualTo("COMPOSITE");
        assertThat(got.response().checksumCRC32()).endsWith("-3");
        assertThat(ranged.asByteBuffer()).isEqualTo(ByteBuffer.wrap(Arrays.copyOfRange(whole, PART - 10, PART + 10)));
        assertThat(byPart.asByteBuffer()).isEqualTo(ByteBuffer.wrap(second));
        assertThat(byPart.response().partsCount()).isEqualTo(3);
        // asked again, as by a client that lost the answer
        assertThat(complete("whole", upload, parts).eTag()).isEqualTo(completed.eTag());
    }

    /** S3 user guide: an upload that began without an algorithm has "the default checksum", CRC64NVME; its parts may come with another. */
    @Test
    void an_upload_without_an_algorithm_takes_parts_with_the_sdks_checksum() throws Exception {
        var plain = cluster.builder(1)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .build();
        var upload = plain.createMultipartUpload(
                        request -> request.bucket("birds").key("default"))
                .uploadId();
        var first = bytes(4, PART);
        var second = bytes(5, 100);

        var parts = List.of(part(one, "default", upload, 1, first), part(two, "default", upload, 2, second));
        var completed = complete("default", upload, parts);

        assertThat(parts.getFirst().checksumCRC32()).isNotNull();
        assertThat(completed.checksumCRC64NVME()).isNotNull();
        assertThat(completed.checksumTypeAsString()).isEqualTo("FULL_OBJECT");
        assertThat(get("default")).isEqualTo(ByteBuffer.wrap(joined(first, second)));
    }

    @Test
    void parts_and_uploads_are_listed_in_pages() {
        var upload = begin("listed/b", ChecksumAlgorithm.CRC32);
        var other = begin("listed/a", ChecksumAlgorithm.SHA256);
        for (int number : new int[] {1, 5, 10_000}) {
            part(one, "listed/b", upload, number, bytes(number, 100));
        }

        var page = two.listParts(request ->
                request.bucket("birds").key("listed/b").uploadId(upload).maxParts(2));
        var rest = two.listParts(request ->
                request.bucket("birds").key("listed/b").uploadId(upload).partNumberMarker(page.nextPartNumberMarker()));
        var none = two.listParts(request ->
                request.bucket("birds").key("listed/b").uploadId(upload).partNumberMarker(Integer.MAX_VALUE));
        var uploads = two.listMultipartUploads(
                request -> request.bucket("birds").prefix("listed/").maxUploads(1));
        var more = two.listMultipartUploads(request -> request.bucket("birds")
                .prefix("listed/")
                .keyMarker(uploads.nextKeyMarker())
                .uploadIdMarker(uploads.nextUploadIdMarker()));

        assertThat(page.parts().stream().map(Part::partNumber)).containsExactly(1, 5);
        assertThat(page.isTruncated()).isTrue();
        assertThat(page.parts().getFirst().size()).isEqualTo(100);
        assertThat(page.parts().getFirst().checksumCRC32()).isNotNull();
        assertThat(rest.parts().stream().map(Part::partNumber)).containsExactly(10_000);
        assertThat(rest.isTruncated()).isFalse();
        assertThat(none.parts()).isEmpty();
        assertThat(none.isTruncated()).isFalse();
        assertThat(uploads.uploads().stream().map(MultipartUpload::uploadId)).containsExactly(other);
        assertThat(uploads.isTruncated()).isTrue();
        assertThat(more.uploads().stream().map(MultipartUpload::uploadId)).containsExactly(upload);
        assertThat(more.isTruncated()).isFalse();
    }

    @Test
    void a_part_is_copied_from_an_object() throws Exception {
        var source = bytes(11, PART + 100);
        one.putObject(request -> request.bucket("birds").key("source"), RequestBody.fromBytes(source));
        var upload = begin("copied", ChecksumAlgorithm.CRC32);

        var copied = two.uploadPartCopy(request -> request.sourceBucket("birds")
                .sourceKey("source")
                .copySourceRange("bytes=100-" + (PART + 99))
                .destinationBucket("birds")
                .destinationKey("copied")
                .uploadId(upload)
                .partNumber(1));
        complete(
                "copied",
                upload,
                List.of(CompletedPart.builder()
                        .partNumber(1)
                        .eTag(copied.copyPartResult().eTag())
                        .checksumCRC32(copied.copyPartResult().checksumCRC32())
                        .build()));

        assertThat(get("copied")).isEqualTo(ByteBuffer.wrap(Arrays.copyOfRange(source, 100, PART + 100)));
    }

    @Test
    void wrong_uploads_are_refused_in_s3s_words() {
        var upload = begin("wrong", ChecksumAlgorithm.CRC32);
        var small = part(one, "wrong", upload, 1, bytes(12, 10));
        var last = part(one, "wrong", upload, 2, bytes(13, 10));

        assertThat(refusal(() -> complete("wrong", upload, List.of(small, last))))
                .isEqualTo("400 EntityTooSmall");
        assertThat(refusal(() -> complete("wrong", upload, List.of(last, small))))
                .isEqualTo("400 InvalidPartOrder");
        assertThat(refusal(() -> complete(
                        "wrong",
                        upload,
                        List.of(CompletedPart.builder()
                                .partNumber(3)
                                .eTag(small.eTag())
                                .checksumCRC32(small.checksumCRC32())
                                .build()))))
                .isEqualTo("400 InvalidPart");
        assertThatThrownBy(() -> part(one, "wrong", "no-such-upload", 1, bytes(14, 10)))
                .isInstanceOf(NoSuchUploadException.class);
        one.abortMultipartUpload(request -> request.bucket("birds").key("wrong").uploadId(upload));
        assertThatThrownBy(() -> part(two, "wrong", upload, 1, bytes(14, 100_000)))
                .isInstanceOf(NoSuchUploadException.class);
        assertThatThrownBy(() -> complete("wrong", upload, List.of(small))).isInstanceOf(NoSuchUploadException.class);
    }

    // ---- helpers ----

    private static String begin(String key, ChecksumAlgorithm algorithm) {
        return one.createMultipartUpload(request -> request.bucket("birds")
                        .key(key)
                        .checksumAlgorithm(algorithm)
                        .metadata(Map.of("a", "1")))
                .uploadId();
    }

    /** Uploads with as much metadata as there may be: a group's answer has no room for all of them. */
    @Test
    void all_uploads_are_listed_however_large_they_are() {
        one.createBucket(request -> request.bucket("many"));
        var begun = new ArrayList<String>();
        for (int each = 0; each < 600; each++) {
            var key = "k" + each + "/" + "x".repeat(900);
            begun.add(one.createMultipartUpload(
                            request -> request.bucket("many").key(key).metadata(Map.of("m", "y".repeat(1_900))))
                    .uploadId());
        }
        var pages = two.listMultipartUploadsPaginator(request -> request.bucket("many"));

        assertThat(pages.stream()).hasSizeGreaterThan(1);
        assertThat(pages.uploads().stream().map(MultipartUpload::uploadId)).containsExactlyInAnyOrderElementsOf(begun);
    }

    private static CompletedPart part(S3Client client, String key, String upload, int number, byte[] bytes) {
        var stored = client.uploadPart(
                request -> request.bucket("birds").key(key).uploadId(upload).partNumber(number),
                RequestBody.fromBytes(bytes));
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(stored.eTag())
                .checksumCRC32(stored.checksumCRC32())
                .build();
    }

    private static CompleteMultipartUploadResponse complete(String key, String upload, List<CompletedPart> parts) {
        return one.completeMultipartUpload(
                request -> request.bucket("birds").key(key).uploadId(upload).multipartUpload(all -> all.parts(parts)));
    }

    private static ByteBuffer get(String key) {
        return two.getObjectAsBytes(request -> request.bucket("birds").key(key)).asByteBuffer();
    }

    private static String refusal(ThrowingCallable call) {
        var refused = catchThrowableOfType(S3Exception.class, call);
        return refused.statusCode() + " " + refused.awsErrorDetails().errorCode();
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] bytes(long seed, int size) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
