package io.murmuration.protocol.object.operation;

import static io.murmuration.protocol.object.Requests.head;
import static io.murmuration.protocol.object.Requests.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.object.ObjectAddress;
import io.murmuration.protocol.object.ObjectError;
import io.murmuration.protocol.object.ObjectName;
import io.murmuration.protocol.object.RequestHead;
import io.murmuration.protocol.object.body.BodyHead;
import io.murmuration.protocol.object.body.BodyHead.Framing;
import io.murmuration.protocol.object.body.Checksum;
import io.murmuration.protocol.object.body.ChecksumAlgorithm;
import io.murmuration.protocol.object.body.ChecksumType;
import io.murmuration.protocol.object.operation.ObjectRequest.CompleteMultipartUpload;
import io.murmuration.protocol.object.operation.ObjectRequest.CompletedPart;
import io.murmuration.protocol.object.operation.ObjectRequest.CopyObject;
import io.murmuration.protocol.object.operation.ObjectRequest.CreateBucket;
import io.murmuration.protocol.object.operation.ObjectRequest.CreateMultipartUpload;
import io.murmuration.protocol.object.operation.ObjectRequest.DeleteObjects;
import io.murmuration.protocol.object.operation.ObjectRequest.GetObject;
import io.murmuration.protocol.object.operation.ObjectRequest.HeadObject;
import io.murmuration.protocol.object.operation.ObjectRequest.ListObjectsV2;
import io.murmuration.protocol.object.operation.ObjectRequest.ListParts;
import io.murmuration.protocol.object.operation.ObjectRequest.PutObject;
import io.murmuration.protocol.object.operation.ObjectRequest.ToDelete;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectRequestCodecTest {
    private static final ObjectName NAME = new ObjectName("birds", "k");
    private static final Reading PLAIN = new Reading(ReadConditions.NONE, null, null, false, Map.of());

    @Test
    void a_listing_has_its_defaults() {
        assertThat(decoded(head("GET", "/birds?list-type=2")))
                .isEqualTo(new ListObjectsV2("birds", "", "", "", null, false, 1000, false));
    }

    @Test
    void a_listing_takes_all_parameters_and_shows_at_most_a_thousand_keys() {
        var target = "/birds?list-type=2&prefix=a%2F&delimiter=/&start-after=a/b&continuation-token=t&encoding-type=url"
                + "&max-keys=5000&fetch-owner=true";

        assertThat(decoded(head("GET", target)))
                .isEqualTo(new ListObjectsV2("birds", "a/", "/", "a/b", "t", true, 1000, true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            max-keys=x             | Provided max-keys not an integer or within integer range
            max-keys=3000000000    | Provided max-keys not an integer or within integer range
            max-keys=-1            | Argument max-keys must be an integer between 0 and 2147483647
            encoding-type=base64   | Invalid Encoding Method specified in Request
            continuation-token=    | The continuation token provided is incorrect
            """)
    void a_listings_bad_parameters_are_invalid_arguments(String parameter, String message) {
        var error = refusal(() -> decoded(head("GET", "/birds?list-type=2&" + parameter)));

        assertThat(error.code()).isEqualTo(ObjectError.INVALID_ARGUMENT);
        assertThat(error.message()).isEqualTo(message);
        assertThat(error.details()).containsEntry("ArgumentName", parameter.substring(0, parameter.indexOf('=')));
    }

    @Test
    void a_read_takes_range_conditions_and_overrides() {
        var head = head(
                "GET",
                "/birds/k?response-content-type=text/plain&response-cache-control=no-store",
                "Range: bytes=1-2",
                "If-Match: \"a\"",
                "If-None-Match: \"b\"",
                "If-Modified-Since: Fri, 28 Nov 2025 10:00:00 GMT",
                "If-Unmodified-Since: yesterday",
                "x-amz-checksum-mode: ENABLED");

        assertThat(decoded(head))
                .isEqualTo(new GetObject(
                        NAME,
                        new Reading(
                                new ReadConditions("\"a\"", "\"b\"", Instant.parse("2025-11-28T10:00:00Z"), null),
                                "bytes=1-2",
                                null,
                                true,
                                Map.of("Content-Type", "text/plain", "Cache-Control", "no-store"))));
        assertThat(decoded(head("HEAD", "/birds/k"))).isEqualTo(new HeadObject(NAME, PLAIN));
    }

    @Test
    void a_read_has_a_range_or_a_part_not_both() {
        var error = refusal(() -> decoded(head("GET", "/birds/k?partNumber=1", "Range: bytes=0-1")));

        assertThat(error.message()).isEqualTo("Cannot specify both Range header and partNumber query parameter");
    }

    @Test
    void a_put_keeps_what_is_the_objects_and_drops_what_is_the_ways() {
        var head = head(
                "PUT",
                "/birds/k",
                "Content-Type: text/csv",
                "Content-Encoding: aws-chunked, gzip",
                "Cache-Control: no-cache",
                "X-Amz-Meta-Species: Columba livia",
                "x-amz-content-sha256: STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                "x-amz-decoded-content-length: 7",
                "x-amz-trailer: x-amz-checksum-crc32",
                "Content-Length: 60",
                "If-None-Match: *");

        assertThat(decoded(head))
                .isEqualTo(new PutObject(
                        NAME,
                        new ObjectHeaders(
                                "text/csv", "no-cache", null, "gzip", null, null, Map.of("species", "Columba livia")),
                        new WriteConditions(null, true),
                        new BodyHead(7, Framing.CHUNKED, null, null, ChecksumAlgorithm.CRC32, null)));
    }

    @Test
    void metadata_has_two_kilobytes_at_most() {
        var fits = head("PUT", "/birds/k", "Content-Length: 0", "x-amz-meta-a: " + "x".repeat(2047));
        var not = head("PUT", "/birds/k", "Content-Length: 0", "x-amz-meta-a: " + "x".repeat(2048));

        assertThat(((PutObject) decoded(fits)).headers().metadata()).containsKey("a");
        var error = refusal(() -> decoded(not));
        assertThat(error.code()).isEqualTo(ObjectError.METADATA_TOO_LARGE);
        assertThat(error.details()).isEqualTo(Map.of("Size", "2049", "MaxSizeAllowed", "2048"));
    }

    @ParameterizedTest
    @CsvSource({
        "x-amz-server-side-encryption: AES256, NOT_IMPLEMENTED",
        "x-amz-tagging: a=b, NOT_IMPLEMENTED",
        "x-amz-object-lock-mode: GOVERNANCE, NOT_IMPLEMENTED",
        "x-amz-storage-class: GLACIER, NOT_IMPLEMENTED",
        "If-None-Match: abc, NOT_IMPLEMENTED",
        "If-Match: *, NOT_IMPLEMENTED",
        "x-amz-acl: public-read, ACLS_NOT_SUPPORTED",
        "x-amz-grant-read: id=1, ACLS_NOT_SUPPORTED"
    })
    void what_would_have_no_effect_is_refused(String header, ObjectError code) {
        assertThat(refusal(() -> decoded(head("PUT", "/birds/k", "Content-Length: 0", header)))
                        .code())
                .isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x-amz-acl: private", "x-amz-acl: bucket-owner-full-control", "x-amz-storage-class: STANDARD"})
    void what_is_so_anyway_is_taken(String header) {
        assertThat(decoded(head("PUT", "/birds/k", "Content-Length: 0", header)))
                .isInstanceOf(PutObject.class);
    }

    @Test
    void a_version_is_only_that_of_an_object_without_versions() {
        assertThat(decoded(head("GET", "/birds/k?versionId=null"))).isEqualTo(new GetObject(NAME, PLAIN));
        assertThat(refusal(() -> decoded(head("GET", "/birds/k?versionId=7"))).message())
                .isEqualTo("Invalid version id specified");
    }

    @Test
    void a_copy_has_a_source_its_conditions_and_its_own_headers_if_it_says_so() {
        var head = head(
                "PUT",
                "/birds/k",
                "x-amz-copy-source: other/a%20b%2Fc",
                "x-amz-copy-source-if-match: e",
                "x-amz-metadata-directive: REPLACE",
                "x-amz-meta-m: 1");

        assertThat(decoded(head))
                .isEqualTo(new CopyObject(
                        NAME,
                        new ObjectName("other", "a b/c"),
                        new ReadConditions("e", null, null, null),
                        new ObjectHeaders("binary/octet-stream", null, null, null, null, null, Map.of("m", "1")),
                        WriteConditions.NONE,
                        null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"other", "/other", "/other/", "//k", ""})
    void a_copys_source_names_bucket_and_key(String source) {
        var error = refusal(() -> decoded(head("PUT", "/birds/k", "x-amz-copy-source: " + source)));

        assertThat(error.code()).isEqualTo(ObjectError.INVALID_ARGUMENT);
        assertThat(error.message())
                .isEqualTo("Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }

    @Test
    void an_object_is_not_copied_onto_itself_unchanged() {
        var error = refusal(() -> decoded(head("PUT", "/birds/k", "x-amz-copy-source: birds/k")));

        assertThat(error.code()).isEqualTo(ObjectError.INVALID_REQUEST);
        assertThat(error.message()).startsWith("This copy request is illegal because");
    }

    @Test
    void an_upload_begins_with_an_algorithm_and_a_type() {
        var head = head("POST", "/birds/k?uploads", "x-amz-checksum-algorithm: CRC32");

        var request = (CreateMultipartUpload) decoded(head);

        assertThat(request.checksum()).isEqualTo(ChecksumAlgorithm.CRC32);
        assertThat(request.checksumType()).isEqualTo(ChecksumType.COMPOSITE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10001", "x", ""})
    void a_part_has_a_number_from_1_to_10000(String number) {
        var head = head("PUT", "/birds/k?uploadId=u&partNumber=" + number, "Content-Length: 1");

        assertThat(refusal(() -> decoded(head)).message())
                .isEqualTo("Part number must be an integer between 1 and 10000, inclusive");
    }

    @Test
    void an_upload_ends_with_parts_and_the_wholes_checksum() {
        var document = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"e\"</ETag>"
                + "<ChecksumCRC32>AAAAAA==</ChecksumCRC32></Part></CompleteMultipartUpload>";
        var head = head(
                "POST",
                "/birds/k?uploadId=u",
                "x-amz-checksum-crc32: AAAAAA==-1",
                "x-amz-mp-object-size: 5",
                "If-Match: \"f\"");

        assertThat(decoded(head, document))
                .isEqualTo(new CompleteMultipartUpload(
                        NAME,
                        "u",
                        List.of(new CompletedPart(1, "e", new Checksum(ChecksumAlgorithm.CRC32, "AAAAAA=="))),
                        new WriteConditions("f", false),
                        new Checksum(ChecksumAlgorithm.CRC32, "AAAAAA==-1"),
                        5L));
    }

    @Test
    void deletes_of_many_must_be_checked_and_are_bounded() {
        var document =
                "<Delete><Quiet>true</Quiet><Object><Key>a</Key></Object><Object><Key>b</Key><ETag>e</ETag></Object></Delete>";
        var unchecked = head("POST", "/birds?delete");
        var checked = head("POST", "/birds?delete", "x-amz-checksum-crc32: " + crc32(document));

        assertThat(decoded(checked, document))
                .isEqualTo(new DeleteObjects("birds", true, List.of(new ToDelete("a", null), new ToDelete("b", "e"))));
        assertThat(refusal(() -> decoded(unchecked, document)).message())
                .isEqualTo("Missing required header for this request: Content-MD5");
        var broken = head("POST", "/birds?delete", "x-amz-checksum-crc32: AAAAAA==");
        assertThat(refusal(() -> decoded(broken, document)).code()).isEqualTo(ObjectError.BAD_DIGEST);
    }

    @Test
    void a_bucket_may_have_a_region() {
        var document = "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                + "<LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>";

        assertThat(decoded(head("PUT", "/birds"), document)).isEqualTo(new CreateBucket("birds", "eu-central-1"));
        assertThat(decoded(head("PUT", "/birds"))).isEqualTo(new CreateBucket("birds", null));
        assertThat(refusal(() -> decoded(head("PUT", "/Birds"))).code()).isEqualTo(ObjectError.INVALID_BUCKET_NAME);
    }

    @Test
    void parts_are_listed_from_a_marker() {
        assertThat(decoded(head("GET", "/birds/k?uploadId=u&part-number-marker=3&max-parts=2")))
                .isEqualTo(new ListParts(NAME, "u", 3, 2, false));
    }

    private static String crc32(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        var bytes = ByteBuffer.allocate(4).putInt((int) crc.getValue()).array();
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static ObjectRequest decoded(RequestHead head) {
        return decoded(head, "");
    }

    private static ObjectRequest decoded(RequestHead head, String body) {
        var address = ObjectAddress.of(head);
        return ObjectRequestCodec.decode(
                ObjectOperation.of(head, address), head, address, body.getBytes(StandardCharsets.UTF_8));
    }
}
