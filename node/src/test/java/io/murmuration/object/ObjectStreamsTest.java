package io.murmuration.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.murmuration.journal.LocalCluster;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Clients that ask for much and take nothing, or promise much and send nothing. */
@Timeout(60)
class ObjectStreamsTest {
    /** Far more than sockets take by themselves. */
    private static final int BYTES = 32 << 20;
    /** Room for four. */
    private static final int STREAMS_BYTES_MAX = 2 << 20;

    private static final String GET = "GET /birds/large HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String PUT =
            "PUT /birds/other HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + BYTES + "\r\n\r\n";

    @Test
    void readers_that_take_nothing_are_counted_until_they_are_gone(@TempDir Path folder) throws Exception {
        try (var cluster = cluster(folder, Duration.ofSeconds(75));
                var client = client(cluster)) {
            store(client);
            var stalled = stalled(cluster, GET, () -> range(client));

            assertThat(refusal(() -> range(client))).isEqualTo("503 SlowDown");
            assertThat(client.headObject(request -> request.bucket("birds").key("large"))
                            .contentLength())
                    .isEqualTo(BYTES);
            close(stalled);
            LocalCluster.await(() -> refusal(() -> range(client)).isEmpty());
        }
    }

    @Test
    void a_reader_that_takes_nothing_for_the_idle_timeout_ends(@TempDir Path folder) throws Exception {
        try (var cluster = cluster(folder, Duration.ofSeconds(3));
                var client = client(cluster)) {
            store(client);
            var stalled = stalled(cluster, GET, () -> range(client));

            LocalCluster.await(() -> refusal(() -> range(client)).isEmpty());
            close(stalled);
        }
    }

    @Test
    void uploads_that_stand_still_are_counted_until_they_are_gone(@TempDir Path folder) throws Exception {
        try (var cluster = cluster(folder, Duration.ofSeconds(75));
                var client = client(cluster)) {
            store(client);
            var stalled = stalled(cluster, PUT, () -> upload(client));

            assertThat(refusal(() -> upload(client))).isEqualTo("503 SlowDown");
            assertThat(refusal(() -> range(client))).isEmpty();
            close(stalled);
            LocalCluster.await(() -> refusal(() -> upload(client)).isEmpty());
        }
    }

    private static ObjectCluster cluster(Path folder, Duration silence) throws Exception {
        var cluster = new ObjectCluster(folder, 1, ObjectSettings.defaults().withStreams(STREAMS_BYTES_MAX, silence));
        try (var client = cluster.client(1)) {
            client.createBucket(request -> request.bucket("birds"));
        }
        return cluster;
    }

    private static S3Client client(ObjectCluster cluster) {
        return cluster.builder(1)
                .overrideConfiguration(settings -> settings.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    private static void upload(S3Client client) {
        client.putObject(request -> request.bucket("birds").key("small"), RequestBody.fromBytes(new byte[200_000]));
    }

    private static void store(S3Client client) {
        client.putObject(request -> request.bucket("birds").key("large"), RequestBody.fromBytes(new byte[BYTES]));
    }

    private static void range(S3Client client) {
        client.getObjectAsBytes(request -> request.bucket("birds").key("large").range("bytes=0-999999"));
    }

    /** As many as there is room for: until the like of them is refused. */
    private static List<Socket> stalled(ObjectCluster cluster, String request, Runnable like) throws Exception {
        var sockets = new ArrayList<Socket>();
        while (refusal(like).isEmpty()) {
            var socket =
                    new Socket(InetAddress.getLoopbackAddress(), cluster.uri(1).getPort());
            sockets.add(socket);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        }
        return sockets;
    }

    private static void close(List<Socket> sockets) throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }

    /** Empty if it is not refused. */
    private static String refusal(Runnable call) {
        var refused = catchThrowableOfType(S3Exception.class, call::run);
        return refused == null
                ? ""
                : refused.statusCode() + " " + refused.awsErrorDetails().errorCode();
    }
}
