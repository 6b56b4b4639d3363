package io.murmuration.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.murmuration.base.Chance;
import io.murmuration.journal.LocalCluster;
import io.murmuration.object.chunk.ChunkId;
import io.murmuration.object.chunk.ChunkStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.FilterRule;
import software.amazon.awssdk.services.s3.model.FilterRuleName;
import software.amazon.awssdk.services.s3.model.LambdaFunctionConfiguration;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What is left of objects when nodes, disks and uploads fail. Nothing waits long here: garbage is collected at once, and scrubbers hurry. */
@Timeout(120)
class ObjectFailuresTest {
    private static final String FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:resize";

    /** Not the common pool: what is tested uses that itself, and it may have a single thread. */
    private final ExecutorService threads = Executors.newFixedThreadPool(6);

    private ObjectCluster cluster;
    private S3Client client;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        var hurried = ObjectSettings.defaults()
                .withTimes(Duration.ofHours(1), Duration.ZERO, Duration.ofMillis(50), Duration.ofMillis(50));
        cluster = new ObjectCluster(folder, 3, hurried);
        client = cluster.client(1);
        client.createBucket(request -> request.bucket("birds"));
    }

    @AfterEach
    void stop() throws Exception {
        threads.shutdownNow();
        client.close();
        cluster.close();
    }

    @Test
    void objects_survive_a_node_and_come_back_to_it() throws Exception {
        put("before", bytes(1, 9 << 20));
        cluster.stop(3);
        put("during", bytes(2, 9 << 20));

        assertThat(get(client, "before")).isEqualTo(ByteBuffer.wrap(bytes(1, 9 << 20)));
        assertThat(get(client, "during")).isEqualTo(ByteBuffer.wrap(bytes(2, 9 << 20)));

        cluster.start(3);
        // two chunks each of two objects: what the node missed is brought to it
        LocalCluster.await(() -> count(3) == 4);
        cluster.stop(2);
        try (var other = cluster.client(3)) {
            assertThat(get(other, "during")).isEqualTo(ByteBuffer.wrap(bytes(2, 9 << 20)));
        }
    }

    @Test
    void a_damaged_or_missing_copy_is_repaired_and_never_shown() throws Exception {
        put("k", bytes(3, 1 << 20));
        LocalCluster.await(() -> count(1) == 1 && count(2) == 1 && count(3) == 1);
        var damaged = cluster.files(1).getFirst();
        var lost = cluster.files(2).getFirst();
        var whole = Files.readAllBytes(damaged);

        try (var file = new RandomAccessFile(damaged.toFile(), "rw")) {
            file.seek(700_000);
            file.write(~whole[700_000]);
        }
        Files.delete(lost);

        assertThat(get(client, "k")).isEqualTo(ByteBuffer.wrap(bytes(3, 1 << 20)));
        LocalCluster.await(() -> has(damaged, whole) && has(lost, whole));
    }

    @Test
    void copies_that_are_all_damaged_are_mended_from_each_others_blocks() throws Exception {
        put("k", bytes(3, 1 << 20));
        LocalCluster.await(() -> count(1) == 1 && count(2) == 1 && count(3) == 1);
        var whole = Files.readAllBytes(cluster.files(1).getFirst());
        // the first three blocks, of which each read takes all
        for (int node = 1; node <= 3; node++) {
            damage(cluster.files(node).getFirst(), node * 65_536 - 10);
        }

        LocalCluster.await(() -> isWhole(1, whole) && isWhole(2, whole) && isWhole(3, whole));
        assertThat(get(client, "k")).isEqualTo(ByteBuffer.wrap(bytes(3, 1 << 20)));
    }

    /** And the walks go on beside it: the chunk behind it is mended. */
    @Test
    void the_only_copy_of_a_chunk_is_kept_though_it_is_damaged() throws Exception {
        put("k", bytes(3, 9 << 20));
        LocalCluster.await(() -> count(1) == 2 && count(2) == 2 && count(3) == 2);
        var only = chunk(1, true);
        var missed = chunk(2, false);
        var whole = Files.readAllBytes(missed);
        var useless = List.of(chunk(2, true), chunk(3, true));
        damage(only, 10);
        for (var file : useless) {
            damage(file, 10);
        }
        for (var file : useless) {
            Files.delete(file);
        }
        Files.delete(missed);

        LocalCluster.await(() -> has(missed, whole));
        assertThat(Files.exists(only)).isTrue();
        assertThat(useless).noneMatch(Files::exists);
        var rest = client.getObjectAsBytes(
                request -> request.bucket("birds").key("k").range("bytes=65536-1048575"));
        assertThat(rest.asByteBuffer()).isEqualTo(ByteBuffer.wrap(bytes(3, 9 << 20), 65_536, (1 << 20) - 65_536));
    }

    /** The first chunk of an object of 9 MiB, or the other. */
    private Path chunk(long node, boolean first) throws IOException {
        for (var file : cluster.files(node)) {
            if (Files.size(file) > ChunkStore.CHUNK_BYTES_MAX == first) {
                return file;
            }
        }
        throw new AssertionError("no such chunk");
    }

    /** A folder in a file's place can be opened and not read, as a file on a bad sector; and it cannot be removed. */
    @Test
    void a_file_that_cannot_be_read_does_not_stop_the_scrubber() throws Exception {
        for (int each = 0; each < 4; each++) {
            Files.createDirectories(cluster.chunks(1).resolve("00/0000000000000000000000000000" + each + "001/in"));
        }
        put("k", bytes(3, 1 << 20));
        LocalCluster.await(() -> count(1) == 1 && count(2) == 1 && count(3) == 1);
        var file = cluster.files(1).getFirst();
        var whole = Files.readAllBytes(file);
        damage(file, 10);

        LocalCluster.await(() -> has(file, whole));
    }

    private boolean isWhole(long node, byte[] whole) {
        try {
            var files = cluster.files(node);
            return files.size() == 1 && has(files.getFirst(), whole);
        } catch (IOException | UncheckedIOException changing) {
            return false;
        }
    }

    private static void damage(Path file, int at) throws IOException {
        try (var open = new RandomAccessFile(file.toFile(), "rw")) {
            open.seek(at);
            int was = open.read();
            open.seek(at);
            open.write(~was);
        }
    }

    private static boolean has(Path file, byte[] bytes) {
        try {
            return Arrays.equals(Files.readAllBytes(file), bytes);
        } catch (IOException gone) {
            return false;
        }
    }

    @Test
    void chunks_of_what_is_replaced_deleted_or_given_up_are_removed() throws Exception {
        put("k", bytes(4, 1 << 20));
        put("k", bytes(5, 1 << 20));
        put("deleted", bytes(6, 1 << 20));
        client.deleteObject(request -> request.bucket("birds").key("deleted"));
        var refused = catchThrowableOfType(
                S3Exception.class,
                () -> client.putObject(
                        request -> request.bucket("birds").key("bad").contentMD5("1B2M2Y8AsgTpgAmY7PhCfg=="),
                        RequestBody.fromBytes(bytes(7, 1 << 20))));
        var upload = client.createMultipartUpload(
                        request -> request.bucket("birds").key("parts"))
                .uploadId();
        client.uploadPart(
                request -> request.bucket("birds").key("parts").uploadId(upload).partNumber(1),
                RequestBody.fromBytes(bytes(8, 1 << 20)));
        client.abortMultipartUpload(
                request -> request.bucket("birds").key("parts").uploadId(upload));

        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("BadDigest");
        LocalCluster.await(() -> count(1) == 1 && count(2) == 1 && count(3) == 1);
        assertThat(get(client, "k")).isEqualTo(ByteBuffer.wrap(bytes(5, 1 << 20)));
    }

    @Test
    void parts_that_were_not_chosen_or_uploaded_again_are_removed() throws Exception {
        var upload = client.createMultipartUpload(
                        request -> request.bucket("birds").key("parts"))
                .uploadId();
        part(upload, 1, bytes(1, 5 << 20));
        var again = part(upload, 1, bytes(2, 5 << 20));
        part(upload, 2, bytes(3, 5 << 20));
        var last = part(upload, 3, bytes(4, 10));

        client.completeMultipartUpload(request ->
                request.bucket("birds").key("parts").uploadId(upload).multipartUpload(all -> all.parts(again, last)));

        LocalCluster.await(() -> count(1) == 2 && count(2) == 2 && count(3) == 2);
        var whole = get(client, "parts");
        assertThat(whole.slice(0, 5 << 20)).isEqualTo(ByteBuffer.wrap(bytes(2, 5 << 20)));
        assertThat(whole.slice(5 << 20, 10)).isEqualTo(ByteBuffer.wrap(bytes(4, 10)));
        assertThat(whole.remaining()).isEqualTo((5 << 20) + 10);
        client.deleteObject(request -> request.bucket("birds").key("parts"));
        LocalCluster.await(() -> count(1) == 0 && count(2) == 0 && count(3) == 0);
    }

    private CompletedPart part(String upload, int number, byte[] bytes) {
        var stored = client.uploadPart(
                request -> request.bucket("birds").key("parts").uploadId(upload).partNumber(number),
                RequestBody.fromBytes(bytes));
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(stored.eTag())
                .checksumCRC32(stored.checksumCRC32())
                .build();
    }

    @Test
    void a_chunk_that_nothing_refers_to_is_removed_and_no_other() throws Exception {
        put("k", bytes(9, 1 << 20));
        LocalCluster.await(() -> count(1) == 1 && count(2) == 1 && count(3) == 1);
        var known = cluster.files(1).getFirst();
        var stray = ChunkId.random(Chance.system(), 1);
        try (var writer = ChunkStore.open(cluster.chunks(1)).create(stray)) {
            writer.write(ByteBuffer.allocate(1000));
            writer.commit();
        }
        var unknown =
                cluster.chunks(1).resolve(stray.toString().substring(0, 2)).resolve(stray.toString());

        LocalCluster.await(() -> !Files.exists(unknown));
        assertThat(Files.exists(known)).isTrue();
        assertThat(get(client, "k")).isEqualTo(ByteBuffer.wrap(bytes(9, 1 << 20)));
    }

    @Test
    void every_put_that_was_acknowledged_while_nodes_end_is_there() throws Exception {
        var acknowledged = new ConcurrentSkipListSet<String>();
        var running = new AtomicBoolean(true);
        var writers = new ArrayList<CompletableFuture<Void>>();
        for (int writer = 0; writer < 3; writer++) {
            int self = writer;
            writers.add(CompletableFuture.runAsync(() -> write(self, running, acknowledged), threads));
        }
        try {
            LocalCluster.await(() -> acknowledged.size() > 10);
            cluster.stop(3);
            int before = acknowledged.size();
            LocalCluster.await(() -> acknowledged.size() > before + 10);
            cluster.start(3);
            int again = acknowledged.size();
            LocalCluster.await(() -> acknowledged.size() > again + 10);
        } finally {
            running.set(false);
        }
        CompletableFuture.allOf(writers.toArray(CompletableFuture<?>[]::new)).join();

        try (var other = cluster.client(3)) {
            var listed = new TreeSet<String>();
            other.listObjectsV2Paginator(request -> request.bucket("birds"))
                    .contents()
                    .forEach(object -> listed.add(object.key()));
            assertThat(listed).containsAll(acknowledged);
            for (var key : acknowledged) {
                assertThat(get(other, key)).isEqualTo(ByteBuffer.wrap(bytes(key.hashCode(), size(key))));
            }
        }
    }

    private void write(int writer, AtomicBoolean running, Set<String> acknowledged) {
        for (int each = 0; running.get(); each++) {
            var key = writer + "/" + each;
            try {
                put(key, bytes(key.hashCode(), size(key)));
                acknowledged.add(key);
            } catch (SdkException notNow) {
                // not acknowledged: it may be there or not
            }
        }
    }

    private static int size(String key) {
        return key.hashCode() % 2 == 0 ? 1_000 : 200_000;
    }

    /** "Amazon S3 … an object is put or the bucket is deleted": whichever is first, nothing acknowledged is lost. */
    @Test
    void a_bucket_deleted_under_puts_takes_none_with_it() throws Exception {
        for (int round = 0; round < 5; round++) {
            var bucket = "round-" + round;
            client.createBucket(request -> request.bucket(bucket));
            var puts = new ArrayList<CompletableFuture<Boolean>>();
            for (int each = 0; each < 6; each++) {
                var key = "k" + each;
                puts.add(CompletableFuture.supplyAsync(
                        () -> done(() -> client.putObject(
                                request -> request.bucket(bucket).key(key), RequestBody.fromString(key))),
                        threads));
            }
            boolean deleted = done(() -> client.deleteBucket(request -> request.bucket(bucket)));
            long stored = puts.stream().filter(CompletableFuture::join).count();

            if (deleted) {
                assertThat(stored).isZero();
                assertThat(catchThrowableOfType(
                                NoSuchBucketException.class,
                                () -> client.headBucket(request -> request.bucket(bucket))))
                        .isNotNull();
            } else {
                assertThat(client.listObjectsV2(request -> request.bucket(bucket))
                                .keyCount())
                        .isGreaterThanOrEqualTo((int) stored);
            }
        }
    }

    private static boolean done(Runnable call) {
        try {
            call.run();
            return true;
        } catch (S3Exception refused) {
            return false;
        }
    }

    @Test
    void events_are_told_at_least_once_and_in_s3s_words() throws Exception {
        client.putBucketNotificationConfiguration(request -> request.bucket("birds")
                .notificationConfiguration(
                        rules -> rules.lambdaFunctionConfigurations(LambdaFunctionConfiguration.builder()
                                .id("photos")
                                .lambdaFunctionArn(FUNCTION)
                                .events(Event.S3_OBJECT_CREATED, Event.S3_OBJECT_REMOVED)
                                .filter(filter -> filter.key(key -> key.filterRules(
                                        FilterRule.builder()
                                                .name(FilterRuleName.PREFIX)
                                                .value("photos/")
                                                .build(),
                                        FilterRule.builder()
                                                .name(FilterRuleName.SUFFIX)
                                                .value(".jpg")
                                                .build())))
                                .build())));
        var configured = client.getBucketNotificationConfiguration(request -> request.bucket("birds"))
                .lambdaFunctionConfigurations();
        cluster.accept(false);
        put("photos/a b.jpg", bytes(10, 5));
        put("photos/a.png", bytes(11, 5));
        put("other/a.jpg", bytes(12, 5));
        client.deleteObject(request -> request.bucket("birds").key("photos/a b.jpg"));
        cluster.stop(2);
        cluster.accept(true);

        LocalCluster.await(() -> cluster.events().size() >= 2);
        assertThat(configured).hasSize(1);
        assertThat(configured.getFirst().filter().key().filterRules()).hasSize(2);
        assertThat(cluster.events()).allMatch(event -> event.startsWith(FUNCTION + " ") && event.contains("a+b.jpg"));
        assertThat(cluster.events().getFirst())
                .contains(
                        "\"eventSource\":\"aws:s3\"",
                        "\"eventName\":\"ObjectCreated:Put\"",
                        "\"configurationId\":\"photos\"",
                        "\"bucket\":{\"name\":\"birds\"",
                        "\"key\":\"photos/a+b.jpg\"",
                        "\"size\":5");
        assertThat(cluster.events().getLast()).contains("\"eventName\":\"ObjectRemoved:Delete\"");
    }

    @Test
    void events_that_a_function_does_not_accept_hold_back_no_other_buckets() throws Exception {
        var refusing = FUNCTION + "-that-is-full";
        cluster.refuse(refusing);
        var buckets = List.of("birds", "nests");
        client.createBucket(request -> request.bucket("nests"));
        for (var bucket : buckets) {
            client.putBucketNotificationConfiguration(request -> request.bucket(bucket)
                    .notificationConfiguration(
                            rules -> rules.lambdaFunctionConfigurations(LambdaFunctionConfiguration.builder()
                                    .lambdaFunctionArn(bucket.equals("birds") ? refusing : FUNCTION)
                                    .events(Event.S3_OBJECT_CREATED)
                                    .build())));
        }
        // one key, and so one group
        for (int each = 0; each < 120; each++) {
            put("k", bytes(each, 1));
        }
        client.putObject(request -> request.bucket("nests").key("k"), RequestBody.fromString("egg"));

        LocalCluster.await(() -> cluster.events().stream().anyMatch(event -> event.startsWith(FUNCTION + " ")));
        assertThat(cluster.events()).noneMatch(event -> event.startsWith(refusing));
    }

    private void put(String key, byte[] bytes) {
        client.putObject(request -> request.bucket("birds").key(key), RequestBody.fromBytes(bytes));
    }

    /** A buffer, for arrays are compared byte by byte through objects. */
    private static ByteBuffer get(S3Client client, String key) {
        return client.getObjectAsBytes(request -> request.bucket("birds").key(key))
                .asByteBuffer();
    }

    private int count(long node) {
        try {
            return cluster.files(node).size();
        } catch (IOException | UncheckedIOException changing) {
            return -1;
        }
    }

    private static byte[] bytes(long seed, int size) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
