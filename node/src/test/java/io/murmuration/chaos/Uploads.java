package io.murmuration.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Clients that put objects, small ones, large ones and ones in parts, and never repeat a call. A body is told by its key and version, so that whoever reads an
 * object knows what it has to be. A key is written by one client, version after version: what may be read is its last acknowledged version or a later one.
 */
final class Uploads implements AutoCloseable {
    static final String BUCKET = "hides";
    private static final int[] SIZES = {300, 40_000, 300_000, 1_500_000};
    private static final int PART_BYTES = 5 << 20;
    private static final int KEYS_OF_ONE = 25;

    private final List<S3Client> nodes;
    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Integer> tried = new ConcurrentHashMap<>();
    private final AtomicInteger puts = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final ConcurrentLinkedQueue<Throwable> surprises = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running = true;

    Uploads(List<URI> endpoints) {
        nodes = endpoints.stream().map(Clients::s3WithoutRetries).toList();
    }

    void start(long seed, int clients) {
        var random = new Random(seed);
        for (int client = 0; client < clients; client++) {
            int number = client;
            var own = new Random(random.nextLong());
            threads.add(Thread.ofPlatform().name("uploads-" + number).start(() -> upload(number, own)));
        }
    }

    private void upload(int client, Random random) {
        try {
            while (running) {
                var key = "client-%d/%02d".formatted(client, random.nextInt(KEYS_OF_ONE));
                int version = tried.merge(key, 1, Integer::sum);
                var node = nodes.get(random.nextInt(nodes.size()));
                try {
                    put(node, key, version);
                    acknowledged.put(key, version);
                    puts.incrementAndGet();
                } catch (SdkException unknown) {
                    assertThat(isOurFault(unknown)).as("%s", unknown).isFalse();
                    failures.incrementAndGet();
                }
                Thread.sleep(random.nextInt(40));
            }
        } catch (Throwable surprise) {
            surprises.add(surprise);
        }
    }

    /** A refusal that says that the client did something wrong: it did not. An upload whose node dies may be unknown to the others for ever. */
    private static boolean isOurFault(SdkException failure) {
        return failure instanceof AwsServiceException answer && answer.statusCode() / 100 == 4;
    }

    private static void put(S3Client node, String key, int version) {
        var body = body(key, version);
        if (body.length <= PART_BYTES) {
            node.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromBytes(body));
            return;
        }
        var id = node.createMultipartUpload(r -> r.bucket(BUCKET).key(key)).uploadId();
        var parts = new ArrayList<CompletedPart>();
        for (int at = 0; at < body.length; at += PART_BYTES) {
            int number = parts.size() + 1;
            var part = Arrays.copyOfRange(body, at, Math.min(body.length, at + PART_BYTES));
            var tag = node.uploadPart(
                            r -> r.bucket(BUCKET).key(key).uploadId(id).partNumber(number), RequestBody.fromBytes(part))
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        }
        node.completeMultipartUpload(r -> r.bucket(BUCKET).key(key).uploadId(id).multipartUpload(u -> u.parts(parts)));
    }

    /** Begins with its version. */
    private static byte[] body(String key, int version) {
        var random = new Random(31L * key.hashCode() + version);
        int size = random.nextInt(8) == 0 ? PART_BYTES + 700_000 : SIZES[random.nextInt(SIZES.length)];
        var body = new byte[size];
        random.nextBytes(body);
        var head = "%08d".formatted(version).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        System.arraycopy(head, 0, body, 0, head.length);
        return body;
    }

    /** What surprised the clients; empty if nothing did. */
    List<Throwable> stop() throws InterruptedException {
        running = false;
        for (var thread : threads) {
            thread.join();
        }
        return List.copyOf(surprises);
    }

    /** Every acknowledged object is listed, and whole on each of the nodes. */
    String check() {
        assertThat(acknowledged).isNotEmpty();
        for (var node : nodes) {
            var listed = new ArrayList<String>();
            node.listObjectsV2Paginator(r -> r.bucket(BUCKET)).contents().forEach(object -> listed.add(object.key()));
            assertThat(listed).containsAll(acknowledged.keySet());
            acknowledged.forEach((key, version) -> {
                var body = node.getObjectAsBytes(r -> r.bucket(BUCKET).key(key)).asByteArrayUnsafe();
                int read = Integer.parseInt(new String(body, 0, 8, java.nio.charset.StandardCharsets.US_ASCII));
                assertThat(read).as("version of %s", key).isBetween(version, tried.getOrDefault(key, 0));
                assertThat(body).as("%s, version %d", key, read).isEqualTo(body(key, read));
            });
        }
        return "%d uploads acknowledged, %d failed or unknown; %d objects are whole on every node"
                .formatted(puts.get(), failures.get(), acknowledged.size());
    }

    @Override
    public void close() {
        running = false;
        nodes.forEach(S3Client::close);
    }
}
