package io.murmuration.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.murmuration.base.Chance;
import io.murmuration.object.chunk.ChunkId;
import io.murmuration.object.chunk.ChunkRef;
import io.murmuration.object.chunk.CopyWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.CRC32C;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** S3 by its own clients, on three nodes. */
@Timeout(120)
class ObjectsTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static ObjectCluster cluster;
    private static S3Client one;
    private static S3Client two;
    private static S3AsyncClient async;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        cluster = new ObjectCluster(folder, 3, ObjectSettings.defaults());
        one = cluster.client(1);
        two = cluster.client(2);
        async = S3AsyncClient.builder()
                .endpointOverride(cluster.uri(3))
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .build();
        one.createBucket(request -> request.bucket("birds"));
    }

    @AfterAll
    static void stop() throws Exception {
        one.close();
        two.close();
        async.close();
        cluster.close();
    }

    // ---- objects ----

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_536, 65_537, (8 << 20) + 1})
    void an_object_is_read_as_it_was_written_through_another_node(int size) throws Exception {
        var bytes = bytes(size);

        var put = one.putObject(request -> request.bucket("birds").key("size/" + size), RequestBody.fromBytes(bytes));
        var got = two.getObjectAsBytes(
                request -> request.bucket("birds").key("size/" + size).checksumMode(ChecksumMode.ENABLED));

        assertThat(got.asByteBuffer()).isEqualTo(ByteBuffer.wrap(bytes));
        assertThat(got.response().eTag()).isEqualTo(put.eTag()).isEqualTo("\"" + md5(bytes) + "\"");
        assertThat(got.response().contentLength()).isEqualTo(size);
        assertThat(got.response().acceptRanges()).isEqualTo("bytes");
        // the client has verified what it read
        assertThat(got.response().checksumCRC32())
                .isEqualTo(put.checksumCRC32())
                .isNotNull();
    }

    @Test
    void the_async_client_writes_and_reads() {
        var bytes = bytes(3 << 20);

        async.putObject(request -> request.bucket("birds").key("async"), AsyncRequestBody.fromBytes(bytes))
                .join();
        var got = async.getObject(request -> request.bucket("birds").key("async"), AsyncResponseTransformer.toBytes())
                .join();

        assertThat(got.asByteBuffer()).isEqualTo(ByteBuffer.wrap(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CRC32", "CRC32_C", "CRC64_NVME", "SHA1", "SHA256"})
    void each_checksum_is_verified_kept_and_told(String name) {
        var algorithm = ChecksumAlgorithm.valueOf(name);
        var key = "summed/" + name;
        // the client computes the first of the three itself only with an extension; a body without a checksum gets one
        // of the service's own
        var put = algorithm == ChecksumAlgorithm.CRC64_NVME
                ? plain().putObject(request -> request.bucket("birds").key(key), RequestBody.fromBytes(bytes(1000)))
                : one.putObject(
                        request -> request.bucket("birds").key(key).checksumAlgorithm(algorithm),
                        RequestBody.fromBytes(bytes(1000)));

        var head = two.headObject(request -> request.bucket("birds").key(key).checksumMode(ChecksumMode.ENABLED));

        assertThat(Arrays.asList(
                        head.checksumCRC32(),
                        head.checksumCRC32C(),
                        head.checksumCRC64NVME(),
                        head.checksumSHA1(),
                        head.checksumSHA256()))
                .isEqualTo(Arrays.asList(
                        put.checksumCRC32(),
                        put.checksumCRC32C(),
                        put.checksumCRC64NVME(),
                        put.checksumSHA1(),
                        put.checksumSHA256()))
                .filteredOn(sum -> sum != null)
                .hasSize(1);
        assertThat(head.checksumTypeAsString()).isEqualTo("FULL_OBJECT");
    }

    private static S3Client plain() {
        return cluster.builder(1)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .build();
    }

    @Test
    void headers_and_metadata_are_kept() {
        one.putObject(
                request -> request.bucket("birds")
                        .key("headers")
                        .contentType("image/jpeg")
                        .cacheControl("max-age=60")
                        .contentDisposition("attachment")
                        .contentEncoding("gzip")
                        .contentLanguage("en")
                        .expires(Instant.parse("2030-01-01T00:00:00Z"))
                        .metadata(Map.of("species", "sturnus", "Flock", "1")),
                RequestBody.fromString("not really"));

        var head = two.headObject(request -> request.bucket("birds").key("headers"));
        var overridden = two.getObject(request -> request.bucket("birds")
                        .key("headers")
                        .responseContentType("text/plain")
                        .responseCacheControl("no-store"))
                .response();

        assertThat(head.contentType()).isEqualTo("image/jpeg");
        assertThat(head.cacheControl()).isEqualTo("max-age=60");
        assertThat(head.contentDisposition()).isEqualTo("attachment");
        assertThat(head.contentEncoding()).isEqualTo("gzip");
        assertThat(head.contentLanguage()).isEqualTo("en");
        assertThat(head.expiresString()).isEqualTo("Tue, 01 Jan 2030 00:00:00 GMT");
        assertThat(head.metadata()).isEqualTo(Map.of("species", "sturnus", "flock", "1"));
        assertThat(head.contentLength()).isEqualTo(10);
        assertThat(overridden.contentType()).isEqualTo("text/plain");
        assertThat(overridden.cacheControl()).isEqualTo("no-store");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-9, 0, 10",
        "bytes=100-, 100, 9000000",
        "bytes=-5, 8999995, 9000000",
        "bytes=8388600-8388620, 8388600, 8388621",
        "bytes=524280-524300, 524280, 524301"
    })
    void a_range_is_read(String range, int from, int to) {
        var bytes = bytes(9_000_000);
        if (one.listObjectsV2(request -> request.bucket("birds").prefix("ranged"))
                .contents()
                .isEmpty()) {
            one.putObject(request -> request.bucket("birds").key("ranged"), RequestBody.fromBytes(bytes));
        }

        var got = two.getObjectAsBytes(
                request -> request.bucket("birds").key("ranged").range(range));

        assertThat(got.asByteBuffer()).isEqualTo(ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, to)));
        assertThat(got.response().contentRange()).isEqualTo("bytes " + from + "-" + (to - 1) + "/9000000");
    }

    @Test
    void a_range_behind_the_end_is_refused() {
        put("short", "abc");

        assertThat(refusal(() -> two.getObjectAsBytes(
                        request -> request.bucket("birds").key("short").range("bytes=3-"))))
                .isEqualTo("416 InvalidRange");
    }

    @Test
    void conditions_of_reads_hold() {
        var etag = put("conditions", "abc");

        assertThat(refusal(() -> two.getObjectAsBytes(
                        request -> request.bucket("birds").key("conditions").ifMatch("\"other\""))))
                .isEqualTo("412 PreconditionFailed");
        var unchanged = catchThrowableOfType(
                S3Exception.class,
                () -> two.getObjectAsBytes(
                        request -> request.bucket("birds").key("conditions").ifNoneMatch(etag)));
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.awsErrorDetails().sdkHttpResponse().firstMatchingHeader("ETag"))
                .contains(etag);
    }

    @Test
    void conditions_of_writes_hold() {
        var etag = put("written", "one");

        assertThat(refusal(() -> two.putObject(
                        request -> request.bucket("birds").key("written").ifNoneMatch("*"),
                        RequestBody.fromString("two"))))
                .isEqualTo("412 PreconditionFailed");
        assertThat(refusal(() -> two.putObject(
                        request -> request.bucket("birds").key("written").ifMatch("\"0\""),
                        RequestBody.fromString("two"))))
                .isEqualTo("412 PreconditionFailed");
        two.putObject(request -> request.bucket("birds").key("written").ifMatch(etag), RequestBody.fromString("three"));
        assertThat(text("written")).isEqualTo("three");
    }

    /** "of several that write at once exactly one is first" is what a conditional write is for. */
    @Test
    void of_conditional_puts_at_once_one_succeeds() {
        var outcomes = java.util.stream.IntStream.range(0, 8)
                .mapToObj(writer -> async.putObject(
                                request -> request.bucket("birds").key("race").ifNoneMatch("*"),
                                AsyncRequestBody.fromString("writer " + writer))
                        .handle((put, failure) -> failure == null))
                .toList();

        assertThat(outcomes.stream().filter(done -> done.join())).hasSize(1);
    }

    @Test
    void a_body_that_is_not_what_its_digest_says_is_refused_and_changes_nothing() {
        put("digest", "before");

        assertThat(refusal(() -> one.putObject(
                        request -> request.bucket("birds").key("digest").contentMD5("1B2M2Y8AsgTpgAmY7PhCfg=="),
                        RequestBody.fromString("after"))))
                .isEqualTo("400 BadDigest");
        assertThat(refusal(() -> one.putObject(
                        request -> request.bucket("birds").key("digest").contentMD5("1B2M2Y8AsgTpgAmY7PhCfg=="),
                        RequestBody.fromBytes(bytes(300_000)))))
                .isEqualTo("400 BadDigest");
        assertThat(text("digest")).isEqualTo("before");
    }

    @Test
    void a_deleted_object_is_gone_and_deleting_it_again_is_no_error() {
        put("deleted", "abc");

        one.deleteObject(request -> request.bucket("birds").key("deleted"));
        one.deleteObject(request -> request.bucket("birds").key("deleted"));

        assertThatThrownBy(
                        () -> two.headObject(request -> request.bucket("birds").key("deleted")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThatThrownBy(() ->
                        two.getObjectAsBytes(request -> request.bucket("birds").key("deleted")))
                .isInstanceOf(NoSuchKeyException.class);
    }

    @Test
    void many_objects_are_deleted_at_once() {
        for (int each = 0; each < 10; each++) {
            put("many/" + each, "abc");
        }

        var deleted = one.deleteObjects(request -> request.bucket("birds")
                .delete(all -> all.objects(java.util.stream.IntStream.range(0, 12)
                        .mapToObj(each ->
                                ObjectIdentifier.builder().key("many/" + each).build())
                        .toList())));

        assertThat(deleted.deleted()).hasSize(12);
        assertThat(deleted.errors()).isEmpty();
        assertThat(keys("many/")).isEmpty();
    }

    @Test
    void odd_keys_are_kept_apart() {
        var keys = List.of("odd/a b+c%20", "odd/../x", "odd/é/ß", "odd//a", "odd/a?b#c&d", "odd/a/", "odd/\u0001");
        keys.forEach(key -> put(key, key));

        assertThat(keys).allSatisfy(key -> assertThat(text(key)).isEqualTo(key));
        // a listing shows the last only percent-encoded: XML 1.0 has no such character
        var listed = two.listObjectsV2(
                request -> request.bucket("birds").prefix("odd/").encodingType("url"));
        assertThat(names(listed.contents())).containsExactlyInAnyOrderElementsOf(keys);
    }

    // ---- copies ----

    @Test
    void a_copy_has_the_bytes_and_the_headers_or_others() {
        var bytes = bytes(9 << 20);
        one.putObject(
                request -> request.bucket("birds").key("copy/from").metadata(Map.of("a", "1")),
                RequestBody.fromBytes(bytes));

        two.copyObject(request -> request.sourceBucket("birds")
                .sourceKey("copy/from")
                .destinationBucket("birds")
                .destinationKey("copy/to"));
        two.copyObject(request -> request.sourceBucket("birds")
                .sourceKey("copy/from")
                .destinationBucket("birds")
                .destinationKey("copy/from")
                .metadataDirective(MetadataDirective.REPLACE)
                .metadata(Map.of("b", "2")));

        var copied = one.getObjectAsBytes(request -> request.bucket("birds").key("copy/to"));
        assertThat(copied.asByteBuffer()).isEqualTo(ByteBuffer.wrap(bytes));
        assertThat(copied.response().metadata()).isEqualTo(Map.of("a", "1"));
        var replaced = one.getObjectAsBytes(request -> request.bucket("birds").key("copy/from"));
        assertThat(replaced.asByteBuffer()).isEqualTo(ByteBuffer.wrap(bytes));
        assertThat(replaced.response().metadata()).isEqualTo(Map.of("b", "2"));
        assertThat(refusal(() -> two.copyObject(request -> request.sourceBucket("birds")
                        .sourceKey("copy/none")
                        .destinationBucket("birds")
                        .destinationKey("copy/to"))))
                .isEqualTo("404 NoSuchKey");
        assertThat(refusal(() -> two.copyObject(request -> request.sourceBucket("birds")
                        .sourceKey("copy/to")
                        .copySourceIfMatch("\"0\"")
                        .destinationBucket("birds")
                        .destinationKey("copy/to2"))))
                .isEqualTo("412 PreconditionFailed");
    }

    /** Small and large in turn, by two writers; each reader and each copy must have one version whole. */
    @Test
    @Timeout(60)
    void reads_and_copies_of_a_key_that_is_overwritten_have_one_version() throws Exception {
        var sizes = List.of(10, 100_000, 20, 30);
        var versions = new HashMap<String, ByteBuffer>();
        for (int size : sizes) {
            versions.put("\"" + md5(bytes(size)) + "\"", ByteBuffer.wrap(bytes(size)));
        }
        one.putObject(request -> request.bucket("birds").key("hot"), RequestBody.fromBytes(bytes(10)));
        var running = new AtomicBoolean(true);
        var writer = new Thread(() -> {
            for (int at = 0; running.get(); at++) {
                var bytes = bytes(sizes.get(at % sizes.size()));
                one.putObject(request -> request.bucket("birds").key("hot"), RequestBody.fromBytes(bytes));
            }
        });
        writer.start();
        try {
            for (int round = 0; round < 100; round++) {
                var got =
                        two.getObjectAsBytes(request -> request.bucket("birds").key("hot"));
                two.copyObject(request -> request.sourceBucket("birds")
                        .sourceKey("hot")
                        .destinationBucket("birds")
                        .destinationKey("cold"));
                var copied =
                        two.getObjectAsBytes(request -> request.bucket("birds").key("cold"));

                assertThat(got.asByteBuffer())
                        .isEqualTo(versions.get(got.response().eTag()));
                assertThat(copied.asByteBuffer())
                        .isEqualTo(versions.get(copied.response().eTag()));
            }
        } finally {
            running.set(false);
            writer.join();
        }
    }

    // ---- copies of chunks ----

    @Test
    void a_node_keeps_a_copy_only_of_the_bytes_that_were_sent() throws Exception {
        var sound = new ChunkRef(ChunkId.random(Chance.system(), 1), 100_000, List.of(2L));
        var other = new ChunkRef(ChunkId.random(Chance.system(), 1), 100_000, List.of(2L));
        var bytes = ByteString.fromArray(bytes(100_000));
        var crc = new CRC32C();
        crc.update(bytes(100_000));

        copied(sound, bytes, (int) crc.getValue()).get(10, TimeUnit.SECONDS);
        var refused = copied(other, bytes, (int) crc.getValue() + 1);

        assertThatThrownBy(() -> refused.get(10, TimeUnit.SECONDS)).hasMessageContaining("refused: status 500");
        assertThat(cluster.files(2))
                .anyMatch(file -> file.endsWith(sound.id().toString()))
                .noneMatch(file -> file.endsWith(other.id().toString()));
    }

    @Test
    void uploads_that_stand_still_hold_up_no_other() throws Exception {
        var slow = new ArrayList<CopyWriter>();
        var half = ByteString.fromArray(new byte[1_000]);
        for (int each = 0; each < 100; each++) {
            var chunk = new ChunkRef(ChunkId.random(Chance.system(), 1), 2_000, List.of(2L));
            var copy = cluster.peers(1).write(2, chunk);
            copy.write(half).toCompletableFuture().get(10, TimeUnit.SECONDS);
            slow.add(copy);
        }
        var chunk = new ChunkRef(ChunkId.random(Chance.system(), 1), 1_000, List.of(2L));
        var crc = new CRC32C();
        crc.update(new byte[1_000]);

        copied(chunk, half, (int) crc.getValue()).get(10, TimeUnit.SECONDS);
        var read = cluster.peers(1).read(2, chunk.id(), 0, 1_000).toCompletableFuture();

        assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo(half);
        slow.forEach(CopyWriter::abort);
    }

    private static CompletableFuture<?> copied(ChunkRef chunk, ByteString bytes, int sum) {
        var copy = cluster.peers(1).write(2, chunk);
        return copy.write(bytes).thenCompose(taken -> copy.end(sum)).toCompletableFuture();
    }

    // ---- listings ----

    @Test
    void a_listing_has_pages_prefixes_and_order() {
        one.createBucket(request -> request.bucket("listed"));
        var keys = List.of("a", "b/1", "b/2", "b/c/3", "d", "e/1", "f");
        keys.forEach(key -> one.putObject(request -> request.bucket("listed").key(key), RequestBody.fromString(key)));

        var all = two.listObjectsV2(request -> request.bucket("listed"));
        var top = two.listObjectsV2(request -> request.bucket("listed").delimiter("/"));
        var inside = two.listObjectsV2(
                request -> request.bucket("listed").prefix("b/").delimiter("/"));
        var after = two.listObjectsV2(request -> request.bucket("listed").startAfter("b/2"));
        var pages = two
                .listObjectsV2Paginator(request -> request.bucket("listed").maxKeys(2))
                .stream()
                .toList();

        assertThat(names(all.contents())).isEqualTo(keys);
        assertThat(all.keyCount()).isEqualTo(7);
        assertThat(all.isTruncated()).isFalse();
        assertThat(all.contents().getFirst().size()).isEqualTo(1);
        assertThat(names(top.contents())).containsExactly("a", "d", "f");
        assertThat(top.commonPrefixes().stream().map(CommonPrefix::prefix)).containsExactly("b/", "e/");
        assertThat(names(inside.contents())).containsExactly("b/1", "b/2");
        assertThat(inside.commonPrefixes().stream().map(CommonPrefix::prefix)).containsExactly("b/c/");
        assertThat(names(after.contents())).containsExactly("b/c/3", "d", "e/1", "f");
        assertThat(pages).hasSize(4);
        assertThat(pages.stream().flatMap(page -> names(page.contents()).stream()))
                .isEqualTo(keys);
        assertThat(pages.get(1).isTruncated()).isTrue();
    }

    @Test
    void the_first_version_of_the_listing_goes_on_behind_its_marker() {
        one.createBucket(request -> request.bucket("listed-v1"));
        List.of("a", "b/1", "b/2", "c")
                .forEach(key ->
                        one.putObject(request -> request.bucket("listed-v1").key(key), RequestBody.fromString(key)));

        var first = two.listObjects(
                request -> request.bucket("listed-v1").delimiter("/").maxKeys(2));
        var second = two.listObjects(
                request -> request.bucket("listed-v1").delimiter("/").marker(first.nextMarker()));

        assertThat(names(first.contents())).containsExactly("a");
        assertThat(first.commonPrefixes().stream().map(CommonPrefix::prefix)).containsExactly("b/");
        assertThat(first.nextMarker()).isEqualTo("b/");
        assertThat(names(second.contents())).containsExactly("c");
        assertThat(second.commonPrefixes()).isEmpty();
        assertThat(second.isTruncated()).isFalse();
    }

    // ---- buckets ----

    @Test
    void a_bucket_may_be_of_another_region_but_not_of_none() {
        one.createBucket(
                request -> request.bucket("far").createBucketConfiguration(c -> c.locationConstraint("eu-central-1")));

        assertThat(two.headBucket(request -> request.bucket("far")).bucketRegion())
                .isEqualTo("eu-central-1");
        assertThat(two.getBucketLocation(request -> request.bucket("far")).locationConstraintAsString())
                .isEqualTo("eu-central-1");
        assertThatThrownBy(() -> one.createBucket(request ->
                        request.bucket("nowhere").createBucketConfiguration(c -> c.locationConstraint("here"))))
                .isInstanceOfSatisfying(S3Exception.class, refused -> assertThat(
                                refused.awsErrorDetails().errorCode())
                        .isEqualTo("InvalidLocationConstraint"));
    }

    @Test
    void a_bucket_is_made_found_listed_and_deleted() {
        one.createBucket(request -> request.bucket("made"));

        assertThat(two.headBucket(request -> request.bucket("made")).bucketRegion())
                .isEqualTo("us-east-1");
        assertThat(two.listBuckets().buckets()).anyMatch(bucket -> bucket.name().equals("made"));
        assertThat(two.getBucketLocation(request -> request.bucket("made")).locationConstraintAsString())
                .isNullOrEmpty();
        assertThatThrownBy(() -> two.createBucket(request -> request.bucket("made")))
                .isInstanceOf(BucketAlreadyOwnedByYouException.class);

        two.deleteBucket(request -> request.bucket("made"));

        assertThatThrownBy(() -> one.headBucket(request -> request.bucket("made")))
                .isInstanceOf(NoSuchBucketException.class);
        assertThat(refusal(() -> one.deleteBucket(request -> request.bucket("made"))))
                .isEqualTo("404 NoSuchBucket");
        assertThat(refusal(() ->
                        one.putObject(request -> request.bucket("made").key("k"), RequestBody.fromString("late"))))
                .isEqualTo("404 NoSuchBucket");
    }

    @Test
    void a_bucket_with_objects_is_not_deleted_and_goes_on_taking_more() {
        one.createBucket(request -> request.bucket("full"));
        one.putObject(request -> request.bucket("full").key("k"), RequestBody.fromString("abc"));

        assertThat(refusal(() -> two.deleteBucket(request -> request.bucket("full"))))
                .isEqualTo("409 BucketNotEmpty");

        for (int each = 0; each < 10; each++) {
            int number = each;
            two.putObject(request -> request.bucket("full").key("more/" + number), RequestBody.fromString("abc"));
        }
        assertThat(one.listObjectsV2(request -> request.bucket("full")).keyCount())
                .isEqualTo(11);
        one.deleteObjects(request -> request.bucket("full")
                .delete(all -> all.objects(one.listObjectsV2(list -> list.bucket("full")).contents().stream()
                        .map(object ->
                                ObjectIdentifier.builder().key(object.key()).build())
                        .toList())));
        one.deleteBucket(request -> request.bucket("full"));
        // a successor of the same name begins empty
        one.createBucket(request -> request.bucket("full"));
        assertThat(two.listObjectsV2(request -> request.bucket("full")).keyCount())
                .isZero();
    }

    @Test
    void what_is_not_offered_is_refused_as_such() {
        assertThat(refusal(() -> one.getBucketVersioning(request -> request.bucket("birds"))))
                .isEqualTo("501 NotImplemented");
        assertThat(refusal(() ->
                        one.getObjectTagging(request -> request.bucket("birds").key("k"))))
                .isEqualTo("501 NotImplemented");
        assertThat(refusal(() ->
                        one.putBucketPolicy(request -> request.bucket("birds").policy("{}"))))
                .isEqualTo("501 NotImplemented");
        assertThat(refusal(() -> one.putBucketNotificationConfiguration(request -> request.bucket("birds")
                        .notificationConfiguration(rules -> rules.eventBridgeConfiguration(bridge -> {})))))
                .isEqualTo("501 NotImplemented");
        assertThat(refusal(() -> one.putBucketNotificationConfiguration(request -> request.bucket("birds")
                        .notificationConfiguration(rules -> rules.queueConfigurations(QueueConfiguration.builder()
                                .queueArn("arn:aws:sqs:us-east-1:000000000000:birds")
                                .events(Event.S3_OBJECT_CREATED)
                                .build())))))
                .isEqualTo("501 NotImplemented");
    }

    @Test
    void bad_names_and_unknown_buckets_are_refused() {
        assertThat(refusal(() -> one.createBucket(request -> request.bucket("xn--birds"))))
                .isEqualTo("400 InvalidBucketName");
        assertThatThrownBy(() -> one.putObject(
                        request -> request.bucket("no-such-bucket").key("k"), RequestBody.fromBytes(bytes(300_000))))
                .isInstanceOf(NoSuchBucketException.class);
        assertThatThrownBy(() -> one.listObjectsV2(request -> request.bucket("no-such-bucket")))
                .isInstanceOf(NoSuchBucketException.class);
        assertThat(refusal(() ->
                        one.listObjectsV2(request -> request.bucket("birds").continuationToken("garbage"))))
                .isEqualTo("400 InvalidArgument");
        assertThat(refusal(() ->
                        one.getObjectAsBytes(request -> request.bucket("birds").key("k".repeat(1025)))))
                .isEqualTo("400 KeyTooLongError");
    }

    // ---- hosts and strangers ----

    @Test
    void a_bucket_is_also_a_host() throws Exception {
        put("hosted/page.html", "hello");

        for (var host : List.of("birds.localhost", "birds.s3.localhost:4566", "birds.s3.us-east-1.amazonaws.com")) {
            try (var socket =
                    new Socket(InetAddress.getLoopbackAddress(), cluster.uri(2).getPort())) {
                var get = "GET /hosted/page.html HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
                var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

                assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\nhello");
            }
        }
    }

    @Test
    void who_shows_no_signature_reads_all_the_same() throws Exception {
        put("public/page.html", "hello");
        var anonymous = cluster.builder(1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .build();

        var page = send("GET", "/birds/public/page.html", "");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).isEqualTo("hello");
        assertThat(page.headers().firstValue("x-amz-request-id")).isPresent();
        assertThat(anonymous
                        .getObjectAsBytes(request -> request.bucket("birds").key("public/page.html"))
                        .asUtf8String())
                .isEqualTo("hello");
    }

    @Test
    void requests_by_hand_that_are_wrong_are_refused_in_s3s_words() throws Exception {
        assertThat(send("GET", "/birds/none", "").body())
                .contains("<Code>NoSuchKey</Code>", "<Key>none</Key>", "<Resource>/birds/none</Resource>");
        assertThat(send("PATCH", "/birds/k", "").statusCode()).isEqualTo(405);
        assertThat(send("POST", "/birds?delete", "not xml").statusCode()).isEqualTo(400);
        assertThat(send("GET", "/birds/%ff", "").body()).contains("<Code>InvalidURI</Code>");
        var head = send("HEAD", "/birds/none", "");
        assertThat(head.statusCode()).isEqualTo(404);
        assertThat(head.body()).isEmpty();
    }

    private static HttpResponse<String> send(String method, String target, String body) throws Exception {
        var request = HttpRequest.newBuilder(cluster.uri(2).resolve(target))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    // ---- helpers ----

    private static String put(String key, String text) {
        return one.putObject(request -> request.bucket("birds").key(key), RequestBody.fromString(text))
                .eTag();
    }

    private static String text(String key) {
        return two.getObjectAsBytes(request -> request.bucket("birds").key(key)).asUtf8String();
    }

    private static List<String> keys(String prefix) {
        return names(two.listObjectsV2(request -> request.bucket("birds").prefix(prefix))
                .contents());
    }

    private static List<String> names(List<S3Object> objects) {
        return objects.stream().map(S3Object::key).toList();
    }

    /** Status and code. */
    private static String refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        var refused = catchThrowableOfType(S3Exception.class, call);
        return refused.statusCode() + " " + refused.awsErrorDetails().errorCode();
    }

    private static byte[] bytes(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static String md5(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
    }
}
