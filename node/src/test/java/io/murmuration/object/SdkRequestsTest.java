package io.murmuration.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.murmuration.object.RecordingServer.Answer;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.object.ObjectErrors;
import io.murmuration.protocol.object.ObjectName;
import io.murmuration.protocol.object.body.Checksum;
import io.murmuration.protocol.object.body.ChecksumAlgorithm;
import io.murmuration.protocol.object.body.ChecksumType;
import io.murmuration.protocol.object.operation.ObjectReply;
import io.murmuration.protocol.object.operation.ObjectReply.Owner;
import io.murmuration.protocol.object.operation.ObjectRequest;
import io.murmuration.protocol.object.operation.ObjectRequest.CompletedPart;
import io.murmuration.protocol.object.operation.ObjectRequest.ListParts;
import io.murmuration.protocol.object.operation.ObjectRequest.ToDelete;
import io.murmuration.protocol.object.operation.WriteConditions;
import io.murmuration.protocol.object.xml.ErrorDocument;
import io.murmuration.protocol.object.xml.ReplyDocuments;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the AWS SDK for Java v2 asks is understood, and it understands the replies. */
class SdkRequestsTest {
    private static final Instant NOW = Instant.parse("2025-11-28T10:00:00.123Z");
    private static final Owner OWNER = new Owner("id", "name");
    private static final String ODD_KEY = "a b/é+&<c>%2F\"\u0001";

    private RecordingServer server;
    private S3Client client;

    @BeforeEach
    void start() throws IOException {
        server = new RecordingServer();
        client = S3Client.builder()
                .endpointOverride(server.uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void buckets() {
        client.createBucket(request -> request.bucket("birds")
                .createBucketConfiguration(configuration -> configuration.locationConstraint("eu-central-1")));
        assertThat(server.only().request()).isEqualTo(new ObjectRequest.CreateBucket("birds", "eu-central-1"));
        client.headBucket(request -> request.bucket("birds"));
        assertThat(server.only().request()).isEqualTo(new ObjectRequest.HeadBucket("birds"));
        client.deleteBucket(request -> request.bucket("birds"));
        assertThat(server.only().request()).isEqualTo(new ObjectRequest.DeleteBucket("birds"));

        answer(new ObjectReply.BucketsListed(
                OWNER, List.of(new ObjectReply.Bucket("birds", NOW, "eu-central-1")), "", null));
        var listed = client.listBuckets();
        assertThat(listed.buckets()).hasSize(1);
        assertThat(listed.buckets().getFirst().name()).isEqualTo("birds");
        assertThat(listed.buckets().getFirst().creationDate()).isEqualTo(NOW);
        assertThat(listed.owner().id()).isEqualTo("id");
    }

    @Test
    void a_page_of_keys_with_any_characters() {
        var asked = new ObjectRequest.ListObjectsV2("birds", "a ", "/", "a\u0001", null, true, 7, true);
        answer(new ObjectReply.ObjectsListed(
                asked,
                List.of(new ObjectReply.ListedObject(
                        ODD_KEY,
                        NOW,
                        "e",
                        5,
                        new Checksum(ChecksumAlgorithm.CRC32, "AAAAAA=="),
                        ChecksumType.FULL_OBJECT,
                        OWNER)),
                List.of("a x/"),
                "token"));

        var page = client.listObjectsV2(request -> request.bucket("birds")
                .prefix("a ")
                .delimiter("/")
                .startAfter("a\u0001")
                .encodingType("url")
                .maxKeys(7)
                .fetchOwner(true));

        assertThat(server.only().request()).isEqualTo(asked);
        var object = page.contents().getFirst();
        assertThat(object.key()).isEqualTo(ODD_KEY);
        assertThat(object.eTag()).isEqualTo("\"e\"");
        assertThat(object.size()).isEqualTo(5);
        assertThat(object.lastModified()).isEqualTo(NOW);
        assertThat(object.owner().displayName()).isEqualTo("name");
        assertThat(page.commonPrefixes().getFirst().prefix()).isEqualTo("a x/");
        assertThat(page.isTruncated()).isTrue();
        assertThat(page.nextContinuationToken()).isEqualTo("token");
        assertThat(page.keyCount()).isEqualTo(2);
    }

    @Test
    void a_read_of_any_key() {
        server.answer(Answer.of(206, Map.of("ETag", "\"e\""), new byte[] {2, 3}));

        var read = client.getObjectAsBytes(request ->
                request.bucket("birds").key(ODD_KEY).range("bytes=1-2").ifNoneMatch("\"f\""));

        assertThat(read.asByteArray()).containsExactly(2, 3);
        var asked = (ObjectRequest.GetObject) server.only().request();
        assertThat(asked.name()).isEqualTo(new ObjectName("birds", ODD_KEY));
        assertThat(asked.reading().range()).isEqualTo("bytes=1-2");
        assertThat(asked.reading().conditions().ifNoneMatch()).isEqualTo("\"f\"");
        client.getObjectAsBytes(request -> request.bucket("birds").key("k").checksumMode(ChecksumMode.ENABLED));
        assertThat(((ObjectRequest.GetObject) server.only().request()).reading().checksums())
                .isTrue();
    }

    @Test
    void errors_are_the_sdks_own() {
        answer(ObjectErrors.noSuchKey("k"), 404);
        var noKey = catchThrowableOfType(
                NoSuchKeyException.class,
                () -> client.getObjectAsBytes(request -> request.bucket("birds").key("k")));
        assertThat(noKey.requestId()).isEqualTo("R1");
        assertThat(noKey.awsErrorDetails().errorMessage()).isEqualTo("The specified key does not exist.");

        var absent =
                catchThrowableOfType(S3Exception.class, () -> client.getBucketAcl(request -> request.bucket("birds")));
        assertThat(absent.statusCode()).isEqualTo(501);
        assertThat(absent.awsErrorDetails().errorCode()).isEqualTo("NotImplemented");
    }

    @Test
    void deletes() {
        client.deleteObject(request -> request.bucket("birds").key("k"));
        assertThat(server.only().request())
                .isEqualTo(new ObjectRequest.DeleteObject(new ObjectName("birds", "k"), null));

        answer(new ObjectReply.ObjectsDeleted(
                false,
                List.of("a"),
                List.of(new ObjectReply.Failed("b", ObjectErrors.preconditionFailed("If-Match")))));
        var deleted = client.deleteObjects(request -> request.bucket("birds")
                .delete(keys -> keys.objects(
                        ObjectIdentifier.builder().key("a").build(),
                        ObjectIdentifier.builder().key("b<&>").eTag("e").build())));

        assertThat(server.only().request())
                .isEqualTo(new ObjectRequest.DeleteObjects(
                        "birds", false, List.of(new ToDelete("a", null), new ToDelete("b<&>", "e"))));
        assertThat(deleted.deleted().getFirst().key()).isEqualTo("a");
        assertThat(deleted.errors().getFirst().code()).isEqualTo("PreconditionFailed");
    }

    @Test
    void a_copy() {
        answer(new ObjectReply.ObjectCopied("e", NOW, null, ChecksumType.FULL_OBJECT));

        var copied = client.copyObject(request -> request.sourceBucket("birds")
                .sourceKey("a b/é")
                .destinationBucket("other")
                .destinationKey("c"));

        assertThat(copied.copyObjectResult().eTag()).isEqualTo("\"e\"");
        var asked = (ObjectRequest.CopyObject) server.only().request();
        assertThat(asked.source()).isEqualTo(new ObjectName("birds", "a b/é"));
        assertThat(asked.target()).isEqualTo(new ObjectName("other", "c"));
        assertThat(asked.replaced()).isNull();
    }

    @Test
    void an_upload_in_parts() {
        var name = new ObjectName("birds", "k");
        answer(new ObjectReply.UploadCreated("birds", "k", "u", null, null));
        assertThat(client.createMultipartUpload(
                                request -> request.bucket("birds").key("k"))
                        .uploadId())
                .isEqualTo("u");
        var created = (ObjectRequest.CreateMultipartUpload) server.only().request();
        assertThat(created.name()).isEqualTo(name);

        var asked = new ListParts(name, "u", 1, 2, false);
        answer(new ObjectReply.PartsListed(
                asked, OWNER, List.of(new ObjectReply.ListedPart(2, NOW, "f", 9, null)), 2, null, null));
        var parts = client.listParts(request -> request.bucket("birds")
                .key("k")
                .uploadId("u")
                .partNumberMarker(1)
                .maxParts(2));
        assertThat(server.only().request()).isEqualTo(asked);
        assertThat(parts.parts().getFirst().partNumber()).isEqualTo(2);
        assertThat(parts.nextPartNumberMarker()).isEqualTo(2);
        assertThat(parts.isTruncated()).isTrue();

        var crc = new Checksum(ChecksumAlgorithm.CRC32, "AAAAAA==");
        answer(new ObjectReply.UploadCompleted(
                "http://127.0.0.1/birds/k", "birds", "k", "e-1", crc, ChecksumType.COMPOSITE));
        var part = software.amazon.awssdk.services.s3.model.CompletedPart.builder()
                .partNumber(1)
                .eTag("\"f\"")
                .checksumCRC32("AAAAAA==")
                .build();
        var completed = client.completeMultipartUpload(request -> request.bucket("birds")
                .key("k")
                .uploadId("u")
                .ifNoneMatch("*")
                .multipartUpload(upload -> upload.parts(List.of(part))));
        assertThat(server.only().request())
                .isEqualTo(new ObjectRequest.CompleteMultipartUpload(
                        name,
                        "u",
                        List.of(new CompletedPart(1, "f", crc)),
                        new WriteConditions(null, true),
                        null,
                        null));
        assertThat(completed.eTag()).isEqualTo("\"e-1\"");
        assertThat(completed.checksumCRC32()).isEqualTo("AAAAAA==");

        server.answer(Answer.of(204, Map.of(), new byte[0]));
        client.abortMultipartUpload(request -> request.bucket("birds").key("k").uploadId("u"));
        assertThat(server.only().request()).isEqualTo(new ObjectRequest.AbortMultipartUpload(name, "u"));
    }

    private void answer(ObjectReply reply) {
        server.answer(Answer.of(ReplyDocuments.encode(reply)));
    }

    private void answer(ServiceError error, int status) {
        server.answer(Answer.of(status, Map.of(), ErrorDocument.encode(error, "/birds/k", "R1", "H1")));
    }
}
