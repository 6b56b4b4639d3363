package io.murmuration.journal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.base.Clock;
import io.murmuration.journal.DamagedStoreException;
import io.murmuration.journal.Halt;
import io.murmuration.journal.SnapshotFixture;
import io.murmuration.journal.SnapshotSource.SnapshotFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes and client against each other, over a socket. */
class SnapshotTransferTest {
    private static final String SECRET = "0123456789abcdef";
    private static final Halt NEVER = (sentence, cause) -> {
        throw new AssertionError(sentence, cause);
    };

    private final Path incoming;
    private final SnapshotFixture rows;
    private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "snapshot-transfer");
    private final ExecutorService disk = Executors.newFixedThreadPool(2);

    SnapshotTransferTest(@TempDir Path dir) {
        this.incoming = dir.resolve("incoming");
        this.rows = SnapshotFixture.create(dir.resolve("state"), 7, 5_000);
    }

    @BeforeEach
    void leaveSomethingBehind() throws IOException {
        Files.createDirectories(incoming);
        Files.writeString(incoming.resolve("group-1-old.snapshot"), "from before");
    }

    @AfterEach
    void stop() {
        system.terminate();
        disk.shutdown();
        rows.close();
    }

    private static ClusterSignature signature(String secret) {
        return new ClusterSignature(secret, Clock.system());
    }

    private SnapshotRoutes routes() {
        return new SnapshotRoutes(rows::export, signature(SECRET), NEVER);
    }

    private ServerBinding bind(
            org.apache.pekko.japi.function.Function<
                            org.apache.pekko.http.javadsl.model.HttpRequest,
                            CompletionStage<org.apache.pekko.http.javadsl.model.HttpResponse>>
                    handler)
            throws Exception {
        return Http.get(system)
                .newServerAt("127.0.0.1", 0)
                .bind(handler)
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    private static URI uri(ServerBinding binding) {
        return URI.create("http://127.0.0.1:" + binding.localAddress().getPort());
    }

    private SnapshotClient client(URI server, String secret) {
        return new SnapshotClient(node -> server, signature(secret), Clock.system(), incoming, disk);
    }

    private static SnapshotFile get(CompletionStage<SnapshotFile> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void rows_travel_and_can_be_installed() throws Exception {
        var client = client(uri(bind(routes()::answer)), SECRET);

        var fetched = get(client.fetch(2, 7, rows.index()));

        assertThat(fetched.header().index()).isEqualTo(rows.index());
        assertThat(rows.installedElsewhere(7, fetched.path())).isEqualTo(rows.content(7));
        assertThat(incoming).isDirectoryContaining(fetched.path()::equals);
        assertThat(incoming.resolve("group-1-old.snapshot")).doesNotExist();
    }

    @Test
    void rows_that_are_too_old_or_not_there_are_refused_and_leave_no_file() throws Exception {
        var client = client(uri(bind(routes()::answer)), SECRET);

        assertThatThrownBy(() -> get(client.fetch(2, 7, rows.index() + 1))).isInstanceOf(ExecutionException.class);
        assertThatThrownBy(() -> get(client.fetch(2, 99, 0))).isInstanceOf(ExecutionException.class);

        assertThat(incoming).isEmptyDirectory();
    }

    @Test
    void a_node_that_is_not_there_is_no_source() {
        var signature = signature(SECRET);
        var nobody = new SnapshotClient(
                node -> {
                    throw new IllegalArgumentException("no node " + node);
                },
                signature,
                Clock.system(),
                incoming,
                disk);

        assertThatThrownBy(() -> get(nobody.fetch(2, 7, 0))).isInstanceOf(ExecutionException.class);
        assertThatThrownBy(() ->
                        get(client(URI.create("http://127.0.0.1:1"), SECRET).fetch(2, 7, 0)))
                .isInstanceOf(ExecutionException.class);
        assertThat(incoming).isEmptyDirectory();
    }

    @Test
    void another_cluster_gets_nothing() throws Exception {
        var client = client(uri(bind(routes()::answer)), "another secret");

        assertThatThrownBy(() -> get(client.fetch(2, 7, 0)))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("403");

        assertThat(incoming).isEmptyDirectory();
    }

    @Test
    void an_answer_of_something_that_is_no_node_of_the_cluster_is_refused() throws Exception {
        var foreign = new SnapshotRoutes(rows::export, signature("another secret"), NEVER);
        var server = bind(request -> foreign.answer(request.withHeaders(List.of(RawHeader.create(
                ClusterSignature.HEADER, signature("another secret").sign("GET", SnapshotRoutes.PATH + "?group=7"))))));
        var client = client(uri(server), SECRET);

        assertThatThrownBy(() -> get(client.fetch(2, 7, 0))).isInstanceOf(ExecutionException.class);
        assertThat(incoming).isEmptyDirectory();
    }

    @Test
    void a_stream_that_is_broken_off_is_refused() throws Exception {
        var routes = routes();
        var server = bind(request -> routes.answer(request)
                .thenApply(response -> response.withEntity(HttpEntities.createChunked(
                        ContentTypes.APPLICATION_OCTET_STREAM,
                        response.entity().getDataBytes().take(2).concat(Source.<ByteString>empty())))));
        var client = client(uri(server), SECRET);

        assertThatThrownBy(() -> get(client.fetch(2, 7, 0))).isInstanceOf(ExecutionException.class);
        assertThat(incoming).isEmptyDirectory();
    }

    @Test
    void damage_that_an_export_meets_before_its_first_byte_ends_the_process() throws Exception {
        var halts = new CopyOnWriteArrayList<String>();
        var routes = new SnapshotRoutes(
                group -> {
                    throw new DamagedStoreException("a block is wrong");
                },
                signature(SECRET),
                (sentence, cause) -> halts.add(sentence));
        var client = client(uri(bind(routes::answer)), SECRET);

        assertThatThrownBy(() -> get(client.fetch(2, 7, 0))).isInstanceOf(ExecutionException.class);

        assertThat(halts).hasSize(1);
    }

    /** They may all be busy installing. */
    @Test
    void what_arrives_takes_no_thread_of_those_for_the_disk() throws Exception {
        var tasks = new AtomicInteger();
        Executor counted = task -> {
            tasks.incrementAndGet();
            disk.execute(task);
        };
        var server = uri(bind(routes()::answer));
        try (var client = new SnapshotClient(node -> server, signature(SECRET), Clock.system(), incoming, counted)) {
            assertThat(get(client.fetch(2, 7, 0)).header().index()).isEqualTo(rows.index());
        }

        assertThat(tasks).as("address, file, check").hasValue(3);
    }

    @Test
    void a_request_that_is_not_understood_is_told_so() throws Exception {
        var server = uri(bind(routes()::answer));

        assertThat(status(server, "GET", "/_murmur/snapshot?group=seven")).isEqualTo(400);
        assertThat(status(server, "GET", "/_murmur/snapshot")).isEqualTo(400);
        assertThat(status(server, "DELETE", "/_murmur/snapshot?group=7")).isEqualTo(405);
    }

    private static int status(URI server, String method, String target) throws Exception {
        var request = HttpRequest.newBuilder(server.resolve(target))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header(ClusterSignature.HEADER, signature(SECRET).sign(method, target))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
