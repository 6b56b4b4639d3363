package io.murmuration.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.typesafe.config.ConfigFactory;
import io.murmuration.config.NodeSettings;
import io.murmuration.identity.Authenticator;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FrontDoorTest {
    private static final int REQUESTS_MAX = 8;
    private static final int BODIES_BYTES_MAX = 8192;
    private static ActorSystem<Void> system;

    private final HttpClient client = HttpClient.newHttpClient();
    private final EchoService echo = new EchoService();
    private final FrontDoor door = open(Duration.ofSeconds(20));

    @BeforeAll
    static void startSystem() {
        system = ActorSystem.create(
                Behaviors.empty(),
                "front-door-test",
                ConfigFactory.parseString("pekko.actor.provider = local")
                        .withFallback(ConfigFactory.parseResources("murmuration-node.conf"))
                        .withFallback(ConfigFactory.load())
                        .resolve());
    }

    @AfterAll
    static void stopSystem() {
        system.terminate();
    }

    @AfterEach
    void close() {
        echo.release();
        client.close();
        door.drain(Duration.ofSeconds(1)).toCompletableFuture().join();
    }

    @Test
    void an_answer_carries_a_request_id_of_its_own_and_the_checksum_of_its_bytes() {
        var first = send(post("hello"));
        var second = send(post("hello"));

        assertThat(text(first)).isEqualTo("hello");
        assertThat(header(first, "x-amzn-RequestId")).matches("[0-9A-V]{52}");
        assertThat(header(first, "x-amzn-RequestId")).isNotEqualTo(header(second, "x-amzn-RequestId"));
        assertThat(header(first, "x-amz-crc32")).isEqualTo(crc32(first.body()));
        assertThat(header(first, "Server")).isEqualTo("Server");
        assertThat(header(first, "Date")).isNotEmpty();
    }

    @Test
    void a_connection_serves_many_requests() {
        var ports = IntStream.range(0, 20).mapToObj(i -> send(post("hello"))).map(HttpResponse::statusCode);

        assertThat(ports).containsOnly(200);
    }

    @Test
    void a_large_answer_is_zipped_for_who_asks_and_the_checksum_is_over_the_zipped_bytes() throws IOException {
        var large = "murmuration ".repeat(300);

        var answer = send(request("/", BodyPublishers.ofString(large)).header("Accept-Encoding", "gzip, deflate"));

        assertThat(header(answer, "Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.body().length).isLessThan(large.length() / 10);
        assertThat(header(answer, "x-amz-crc32")).isEqualTo(crc32(answer.body()));
        assertThat(new String(
                        new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes(),
                        StandardCharsets.UTF_8))
                .isEqualTo(large);
    }

    @Test
    void a_small_answer_is_not_zipped() {
        var answer = send(request("/", BodyPublishers.ofString("small")).header("Accept-Encoding", "gzip"));

        assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(text(answer)).isEqualTo("small");
    }

    @Test
    void a_zipped_body_is_inflated() throws IOException {
        var answer = send(request("/", BodyPublishers.ofByteArray(zip("hello"))).header("Content-Encoding", "gzip"));

        assertThat(text(answer)).isEqualTo("hello");
    }

    @Test
    void a_body_that_inflates_beyond_the_bound_is_too_large() throws IOException {
        var bomb = zip("0".repeat(EchoService.BODY_BYTES_MAX + 1));

        assertThat(bomb.length).isLessThan(EchoService.BODY_BYTES_MAX);
        assertThat(send(request("/", BodyPublishers.ofByteArray(bomb)).header("Content-Encoding", "gzip"))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void a_body_that_is_not_what_it_says_is_refused() {
        var answer = send(request("/", BodyPublishers.ofString("not gzip")).header("Content-Encoding", "gzip"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(text(answer)).isEqualTo("SerializationException");
    }

    @Test
    void a_body_may_be_as_large_as_the_bound_and_no_larger() {
        assertThat(send(post("0".repeat(EchoService.BODY_BYTES_MAX))).statusCode())
                .isEqualTo(200);
        assertThat(send(post("0".repeat(EchoService.BODY_BYTES_MAX + 1))).statusCode())
                .isEqualTo(413);
    }

    @Test
    void a_body_of_unknown_length_has_the_same_bound() {
        assertThat(send(chunked(EchoService.BODY_BYTES_MAX)).statusCode()).isEqualTo(200);
        assertThat(send(chunked(EchoService.BODY_BYTES_MAX + 1)).statusCode()).isEqualTo(413);
    }

    @Test
    void an_unsigned_request_is_refused_where_a_signature_is_due() {
        var unsigned = HttpRequest.newBuilder(uri("/")).POST(BodyPublishers.ofString("hello"));
        var open = HttpRequest.newBuilder(uri("/open")).POST(BodyPublishers.ofString("hello"));

        assertThat(text(send(unsigned))).isEqualTo("MissingAuthenticationTokenException");
        assertThat(text(send(open))).isEqualTo("hello");
    }

    @Test
    void a_request_beyond_those_at_work_is_throttled_and_the_next_one_served() throws InterruptedException {
        echo.hold();
        var running = inBackground(REQUESTS_MAX);
        echo.awaitHeld(REQUESTS_MAX);

        assertThat(text(send(post("one more")))).isEqualTo("ThrottlingException");

        echo.release();
        assertThat(running)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        assertThat(send(post("again")).statusCode()).isEqualTo(200);
    }

    @Test
    void visitors_of_what_is_hosted_take_no_place_of_the_services_that_it_asks() throws InterruptedException {
        echo.hold();
        var visitors = IntStream.range(0, REQUESTS_MAX)
                .mapToObj(i -> client.sendAsync(
                        request("/site/", BodyPublishers.ofString("visit")).build(), BodyHandlers.ofByteArray()))
                .toList();
        echo.awaitHeld(REQUESTS_MAX);

        assertThat(text(send(request("/site/", BodyPublishers.ofString("one more")))))
                .isEqualTo("ThrottlingException");
        var asked = inBackground(1);
        echo.awaitHeld(REQUESTS_MAX + 1);

        echo.release();
        assertThat(asked.getFirst().join().statusCode()).isEqualTo(200);
        assertThat(visitors)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    }

    @Test
    void bodies_beyond_the_memory_for_them_are_throttled() throws InterruptedException {
        echo.hold();
        var body = "0".repeat(EchoService.BODY_BYTES_MAX);
        var running = List.of(inBackground(body), inBackground(body));
        echo.awaitHeld(BODIES_BYTES_MAX / EchoService.BODY_BYTES_MAX);

        assertThat(text(send(post("x")))).isEqualTo("ThrottlingException");

        echo.release();
        assertThat(running)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    }

    /** The body of the first comes in pieces, so that it is still on its way when the request is refused. */
    @Test
    void a_connection_whose_request_is_throttled_serves_the_next_one() throws Exception {
        echo.hold();
        var running = inBackground(REQUESTS_MAX);
        echo.awaitHeld(REQUESTS_MAX);
        try (var connection = new RawConnection(door.port())) {
            connection.sendHead("/open", "Transfer-Encoding: chunked");
            connection.send("5\r\nhello\r\n");
            connection.send("0\r\n\r\n");
            var refused = connection.read();
            echo.release();
            running.forEach(CompletableFuture::join);
            connection.sendHead("/open", "Content-Length: 5");
            connection.send("hello");
            var served = connection.read();

            assertThat(refused.body()).isEqualTo("ThrottlingException");
            assertThat(refused.closes()).isFalse();
            assertThat(served.body()).isEqualTo("hello");
        }
    }

    @Test
    void a_throttled_request_whose_body_has_no_end_is_answered_and_its_connection_closed() throws Exception {
        echo.hold();
        var running = inBackground(REQUESTS_MAX);
        echo.awaitHeld(REQUESTS_MAX);
        try (var connection = new RawConnection(door.port())) {
            connection.sendHead("/open", "Transfer-Encoding: chunked");
            var part = "1000\r\n" + "0".repeat(EchoService.BODY_BYTES_MAX) + "\r\n";
            connection.send(part.repeat(4) + "1\r\n0\r\n");
            var refused = connection.read();

            assertThat(refused.body()).isEqualTo("ThrottlingException");
            assertThat(refused.closes()).isTrue();
        }
        echo.release();
        running.forEach(CompletableFuture::join);
    }

    @Test
    void a_request_whose_deadline_passes_is_answered_and_makes_room() {
        var hasty = open(Duration.ofMillis(50));
        echo.hold();

        for (int i = 0; i < 2 * REQUESTS_MAX; i++) {
            var answer = send(signed(HttpRequest.newBuilder(uri(hasty, "/"))).POST(BodyPublishers.noBody()));
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(text(answer)).isEqualTo("InternalServerError");
        }
        hasty.drain(Duration.ofSeconds(1)).toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 6", "Transfer-Encoding: chunked"})
    void a_body_that_does_not_arrive_in_time_is_a_timeout_of_the_client_s(String announced) throws Exception {
        var hasty = open(Duration.ofMillis(50));

        try (var connection = new RawConnection(hasty.port())) {
            // at once: what comes after the answer would meet a closed connection, whose reset takes the answer with it
            connection.send(RawConnection.head("/open", announced) + "5\r\n");
            var answer = connection.read();

            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.body()).isEqualTo("RequestTimeoutException");
            assertThat(answer.closes()).isTrue();
        }
        hasty.drain(Duration.ofSeconds(1)).toCompletableFuture().join();
    }

    /** The client's trouble: whoever reads the log of errors should not be woken for it. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_client_that_hangs_up_within_its_body_is_no_error(boolean abruptly) throws Exception {
        try (var lines = new LogLines(Bodies.class);
                var connection = new RawConnection(door.port())) {
            connection.sendHead("/open", "Content-Length: 6", "Expect: 100-continue");
            var reading = connection.readHead();
            connection.send("part");
            if (abruptly) {
                connection.reset();
            } else {
                connection.close();
            }
            var logged = lines.await(line -> line.getLevel().isGreaterOrEqual(Level.ERROR)
                    || line.getLoggerName().equals(Bodies.class.getName()));

            assertThat(reading).startsWith("HTTP/1.1 100 ");
            assertThat(logged).extracting(ILoggingEvent::getLevel).doesNotContain(Level.ERROR);
        }
    }

    @Test
    void a_service_that_fails_answers_an_internal_error() {
        var answer = send(post("crash"));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(text(answer)).isEqualTo("InternalServerError");
    }

    /** Anywhere else in the process this error would end it. */
    @Test
    void a_stack_that_overflows_is_an_internal_error_of_its_request() {
        var within = send(post("overflow"));
        var before = send(request("/overflow", BodyPublishers.ofString("x")));

        assertThat(within.statusCode()).isEqualTo(500);
        assertThat(text(within)).isEqualTo("InternalServerError");
        assertThat(before.statusCode()).isEqualTo(500);
        assertThat(send(post("hello")).statusCode()).isEqualTo(200);
    }

    @Test
    void a_name_that_is_longer_than_any_is_refused_unread() throws IOException {
        var deep = "a.".repeat(3_800) + "localhost";

        var asked = send(post("hello").header("Origin", "http://" + deep));
        assertThat(asked.statusCode()).isEqualTo(403);
        try (var connection = new RawConnection(door.port())) {
            connection.send("POST /open HTTP/1.1\r\nHost: " + deep + "\r\nContent-Length: 0\r\n\r\n");

            assertThat(connection.read().status()).isEqualTo(403);
        }
        assertThat(send(post("hello")).statusCode()).isEqualTo(200);
    }

    @Test
    void what_no_service_accepts_is_an_unknown_operation() {
        var answer = send(HttpRequest.newBuilder(uri("/nowhere")).PUT(BodyPublishers.ofString("x")));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(text(answer)).isEqualTo("<UnknownOperationException/>\n");
        assertThat(header(answer, "x-amz-crc32")).isEqualTo("3552371480");
        assertThat(header(answer, "x-amzn-RequestId")).hasSize(52);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "https://localhost:8443",
                "http://app.localhost:3000",
                "http://127.0.0.2:80",
                "http://[::1]:8080",
                "https://trusted.example"
            })
    void a_page_of_this_machine_or_of_an_allowed_origin_may_ask(String origin) {
        var preflight = send(preflight(origin));

        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(header(preflight, "Access-Control-Allow-Origin")).isEqualTo(origin);
        assertThat(header(preflight, "Vary")).isEqualTo("Origin");
        assertThat(header(preflight, "Access-Control-Allow-Headers")).isEqualTo("x-amz-target");
        assertThat(header(preflight, "Access-Control-Allow-Methods")).isEqualTo("POST");
        assertThat(header(preflight, "Access-Control-Max-Age")).isEqualTo("172800");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org",
                "null",
                "http://localhost.example.org",
                "http://127.0.0.1.example.org",
                "http://notlocalhost",
                "https://trusted.example:444",
                "file://localhost"
            })
    void a_page_from_elsewhere_may_neither_ask_nor_send(String origin) {
        var preflight = send(preflight(origin));
        var sent = send(post("hello").header("Origin", origin));

        assertThat(preflight.statusCode()).isEqualTo(403);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
        assertThat(sent.statusCode()).isEqualTo(403);
        assertThat(text(sent))
                .isEqualTo("Pages of this origin may not speak to this node: see the setting"
                        + " murmuration.node.http.allowed-origins.\n");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:4566, 200",
        "127.0.0.1, 200",
        "[::1]:4566, 200",
        "a.s3.localhost, 200",
        "lambda.us-east-1.amazonaws.com, 200",
        "trusted.example, 200",
        "example.org:4566, 403",
        "localhost.example.org, 403",
        "127.0.0.1.example.org, 403",
        "amazonaws.com.example.org, 403",
        "notlocalhost, 403"
    })
    void only_names_that_nobody_else_can_give_to_this_machine_are_answered(String host, int status) throws IOException {
        try (var connection = new RawConnection(door.port())) {
            connection.send("POST /open HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 0\r\n\r\n");

            assertThat(connection.read().status()).isEqualTo(status);
        }
    }

    @Test
    void what_a_service_hosts_is_between_it_and_its_visitors() throws IOException {
        var zipped = zip("murmuration ".repeat(300));

        var answer = send(request("/site/_murmur/health", BodyPublishers.ofByteArray(zipped))
                .header("Origin", "https://example.org")
                .header("Content-Encoding", "gzip")
                .header("Accept-Encoding", "gzip"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(zipped);
        assertThat(answer.headers().map())
                .doesNotContainKeys("x-amzn-requestid", "access-control-allow-origin", "content-encoding");
    }

    @Test
    void health_is_told_even_under_overload() throws InterruptedException {
        echo.hold();
        var running = inBackground(REQUESTS_MAX);
        echo.awaitHeld(REQUESTS_MAX);

        var answer = send(HttpRequest.newBuilder(uri("/_localstack/health")).GET());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer))
                .isEqualTo("{\"services\":{\"echo\":\"running\"},\"edition\":\"murmuration\",\"version\":\"0.0\"}");
        echo.release();
        running.forEach(CompletableFuture::join);
    }

    @Test
    void draining_finishes_what_runs_and_takes_nothing_new() throws InterruptedException {
        echo.hold();
        var running = inBackground("hello");
        echo.awaitHeld(1);

        var drained = door.drain(Duration.ofSeconds(20)).toCompletableFuture();

        assertThatThrownBy(() -> HttpClient.newHttpClient().send(post("late").build(), BodyHandlers.ofByteArray()))
                .isInstanceOf(IOException.class); // refused, or closed where it was still in the listener's backlog
        echo.release();
        assertThat(running.join().statusCode()).isEqualTo(200);
        drained.join();
    }

    private HttpRequest.Builder preflight(String origin) {
        return HttpRequest.newBuilder(uri("/"))
                .header("Origin", origin)
                .header("Access-Control-Request-Headers", "x-amz-target")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody());
    }

    private FrontDoor open(Duration deadline) {
        var settings = new NodeSettings.Http(
                REQUESTS_MAX,
                1 << 20,
                BODIES_BYTES_MAX,
                1 << 20,
                deadline,
                Duration.ofSeconds(60),
                Duration.ofSeconds(1),
                List.of("https://trusted.example"));
        return FrontDoor.bind(
                        system,
                        "127.0.0.1",
                        0,
                        settings,
                        Authenticator.dev(Map.of()),
                        List.of(new EmulatorHealthRoute(List.of("echo"), "0.0", () -> true)),
                        List.of(echo))
                .toCompletableFuture()
                .join();
    }

    private List<CompletableFuture<HttpResponse<byte[]>>> inBackground(int requests) {
        return IntStream.range(0, requests).mapToObj(i -> inBackground("x")).toList();
    }

    private CompletableFuture<HttpResponse<byte[]>> inBackground(String body) {
        return client.sendAsync(post(body).build(), BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder post(String body) {
        return request("/", BodyPublishers.ofString(body));
    }

    private HttpRequest.Builder chunked(int size) {
        return request("/", BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[size])));
    }

    private HttpRequest.Builder request(String path, HttpRequest.BodyPublisher body) {
        return signed(HttpRequest.newBuilder(uri(path))).POST(body);
    }

    private static HttpRequest.Builder signed(HttpRequest.Builder request) {
        return request.header("X-Amz-Date", "20260101T000000Z")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=a/b/c/echo/aws4_request, SignedHeaders=host, Signature=0");
    }

    private URI uri(String path) {
        return uri(door, path);
    }

    private static URI uri(FrontDoor of, String path) {
        return URI.create("http://127.0.0.1:" + of.port() + path);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        return client.sendAsync(request.build(), BodyHandlers.ofByteArray()).join();
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static String crc32(byte[] bytes) {
        var sum = new CRC32();
        sum.update(bytes);
        return Long.toString(sum.getValue());
    }

    private static byte[] zip(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
