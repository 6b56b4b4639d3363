package io.murmuration.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.murmuration.object.RecordingServer.Recorded;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectError;
import io.murmuration.protocol.object.body.BodyHead;
import io.murmuration.protocol.object.body.BodyHead.Framing;
import io.murmuration.protocol.object.body.BodyReader;
import io.murmuration.protocol.object.body.BodySums;
import io.murmuration.protocol.object.operation.ObjectRequest.PutObject;
import io.murmuration.protocol.object.operation.ObjectRequest.UploadPart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;

/** The bytes that the AWS SDK for Java v2 really sends, decoded whole, and cut anywhere. */
class SdkBodiesTest {
    private static RecordingServer server;
    private static S3Client sync;
    private static S3AsyncClient async;
    private static S3Client plain;

    @BeforeAll
    static void start() throws IOException {
        server = new RecordingServer();
        sync = syncClient(RequestChecksumCalculation.WHEN_SUPPORTED);
        plain = syncClient(RequestChecksumCalculation.WHEN_REQUIRED);
        async = S3AsyncClient.builder()
                .endpointOverride(server.uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .build();
    }

    @AfterAll
    static void stop() {
        sync.close();
        plain.close();
        async.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 131_072, 131_073, 500_000})
    void a_put_of_the_sync_client(int length) {
        var body = body(length);
        sync.putObject(request -> request.bucket("birds").key("k"), RequestBody.fromBytes(body));

        assertDecodes(server.only(), body, io.murmuration.protocol.object.body.ChecksumAlgorithm.CRC32);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 131_072, 131_073, 500_000})
    void a_put_of_the_async_client(int length) {
        var body = body(length);
        async.putObject(request -> request.bucket("birds").key("k"), AsyncRequestBody.fromBytes(body))
                .join();

        assertDecodes(server.only(), body, io.murmuration.protocol.object.body.ChecksumAlgorithm.CRC32);
    }

    @ParameterizedTest
    @EnumSource(names = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
    void a_put_with_each_checksum_of_both_clients(ChecksumAlgorithm algorithm) {
        var body = body(200_000);
        var expected = io.murmuration.protocol.object.body.ChecksumAlgorithm.named(algorithm.toString());

        sync.putObject(
                request -> request.bucket("birds").key("k").checksumAlgorithm(algorithm), RequestBody.fromBytes(body));
        assertDecodes(server.only(), body, expected);
        async.putObject(
                        request -> request.bucket("birds").key("k").checksumAlgorithm(algorithm),
                        AsyncRequestBody.fromBytes(body))
                .join();
        assertDecodes(server.only(), body, expected);
    }

    @Test
    void a_part_of_both_clients() {
        var body = body(300_000);

        sync.uploadPart(
                request -> request.bucket("birds").key("k").uploadId("u").partNumber(3), RequestBody.fromBytes(body));
        var first = server.only();
        async.uploadPart(
                        request ->
                                request.bucket("birds").key("k").uploadId("u").partNumber(3),
                        AsyncRequestBody.fromBytes(body))
                .join();

        assertThat(((UploadPart) first.request()).partNumber()).isEqualTo(3);
        assertDecodes(first, body, io.murmuration.protocol.object.body.ChecksumAlgorithm.CRC32);
        assertDecodes(server.only(), body, io.murmuration.protocol.object.body.ChecksumAlgorithm.CRC32);
    }

    /** As clients did before 2025: signed chunks without a trailer, or no chunks. */
    @Test
    void a_put_without_a_checksum() {
        var body = body(300_000);
        plain.putObject(request -> request.bucket("birds").key("k"), RequestBody.fromBytes(body));

        var recorded = server.only();

        assertThat(plan(recorded).trailing()).isNull();
        assertThat(read(recorded, recorded.bytes(), 1).clientSent()).isFalse();
    }

    @Test
    void a_body_that_was_changed_on_its_way_is_refused() {
        sync.putObject(request -> request.bucket("birds").key("k"), RequestBody.fromBytes(body(200_000)));
        var recorded = server.only();
        var changed = recorded.bytes().clone();
        changed[100_000] ^= 1;

        var refused = catchThrowableOfType(ServiceException.class, () -> read(recorded, changed, 1));

        assertThat(refused.error().code()).isEqualTo(ObjectError.BAD_DIGEST);
    }

    private static void assertDecodes(
            Recorded recorded, byte[] body, io.murmuration.protocol.object.body.ChecksumAlgorithm algorithm) {
        var plan = plan(recorded);
        assertThat(plan.bytes()).isEqualTo(body.length);
        assertThat(plan.algorithm()).isEqualTo(algorithm);
        assertThat(plan.framing()).isNotEqualTo(Framing.PLAIN);
        assertThat(plan.trailing()).isEqualTo(algorithm);
        for (int seed = 0; seed < 5; seed++) {
            var read = new ByteArrayOutputStream();
            var sums = read(recorded, recorded.bytes(), seed, read);

            assertThat(sums.clientSent()).isTrue();
            assertThat(read.toByteArray()).as("seed %d", seed).isEqualTo(body);
        }
    }

    private static BodyHead plan(Recorded recorded) {
        return switch (recorded.request()) {
            case PutObject put -> put.body();
            case UploadPart part -> part.body();
            default -> throw new AssertionError("no body: " + recorded.request());
        };
    }

    private static BodySums read(Recorded recorded, byte[] framed, int seed) {
        return read(recorded, framed, seed, new ByteArrayOutputStream());
    }

    private static BodySums read(Recorded recorded, byte[] framed, int seed, ByteArrayOutputStream to) {
        var random = new Random(seed);
        var reader = new BodyReader(plan(recorded));
        int at = 0;
        while (at < framed.length) {
            int length = Math.min(framed.length - at, random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(50_000));
            reader.read(ByteBuffer.wrap(framed, at, length), slice -> {
                var bytes = new byte[slice.remaining()];
                slice.get(bytes);
                to.writeBytes(bytes);
            });
            at += length;
        }
        return reader.end();
    }

    private static S3Client syncClient(RequestChecksumCalculation checksums) {
        return S3Client.builder()
                .endpointOverride(server.uri())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials())
                .requestChecksumCalculation(checksums)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private static StaticCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));
    }

    private static byte[] body(int length) {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
