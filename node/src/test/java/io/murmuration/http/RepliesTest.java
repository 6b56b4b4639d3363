package io.murmuration.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import com.typesafe.config.ConfigFactory;
import io.murmuration.config.NodeSettings;
import io.murmuration.http.RawConnection.Answer;
import io.murmuration.identity.Authenticator;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large replies through a bound port. Its sockets hold little on both sides, so that what a client does not read stays with the server. */
@Timeout(60)
class RepliesTest {
    /** There is room for two replies. */
    private static final long REPLIES_BYTES_MAX = 2L * LargeReplies.REPLY_BYTES + 1;

    private static ActorSystem<Void> system;

    private final LargeReplies service = new LargeReplies();
    private final FrontDoor door = open(Duration.ofMinutes(10));
    private final List<RawConnection> connections = new ArrayList<>();

    @BeforeAll
    static void startSystem() {
        system = ActorSystem.create(
                Behaviors.empty(),
                "replies-test",
                ConfigFactory.parseString("pekko.http.server.socket-options.so-send-buffer-size = 32k")
                        .withFallback(ConfigFactory.parseString("pekko.actor.provider = local"))
                        .withFallback(ConfigFactory.parseResources("murmuration-node.conf"))
                        .withFallback(ConfigFactory.load())
                        .resolve());
    }

    @AfterAll
    static void stopSystem() {
        system.terminate();
    }

    @AfterEach
    void close() throws IOException {
        for (var connection : connections) {
            connection.close();
        }
        door.drain(Duration.ofSeconds(1)).toCompletableFuture().join();
    }

    @Test
    void a_large_reply_arrives_whole_with_its_length_and_checksum() throws IOException {
        var answer = ask("/large");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(LargeReplies.BODY.utf8String());
        assertThat(answer.head()).containsIgnoringCase("\r\nx-amz-crc32: ").doesNotContainIgnoringCase("chunked");
    }

    @Test
    void a_connection_serves_many_large_replies() throws IOException {
        var connection = connect(door);

        for (int i = 0; i < 5; i++) {
            connection.sendHead("/large", "Content-Length: 0");
            assertThat(connection.read().body()).hasSize(LargeReplies.REPLY_BYTES);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Connection: keep-alive", "Connection: close"})
    void large_replies_that_nobody_takes_leave_no_room_for_another_until_one_is_read(String header) throws IOException {
        var first = asked("/large", header);
        asked("/large", header);

        var refused = ask("/large");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).isEqualTo("ThrottlingException");
        assertThat(refused.head()).containsIgnoringCase("\r\nx-amz-crc32: ");
        assertThat(refused.closes()).isFalse();
        first.readBody(LargeReplies.REPLY_BYTES);
        askedAgain(door);
    }

    @Test
    void what_has_a_small_reply_is_served_without_room() throws IOException {
        asked("/large");
        asked("/large");

        assertThat(ask("/small").body()).isEqualTo("small");
    }

    @Test
    void a_change_whose_reply_has_no_room_is_not_told_to_be_refused() throws IOException {
        asked("/large");
        asked("/large");

        var untold = ask("/write");

        assertThat(untold.status()).isEqualTo(500);
        assertThat(untold.body()).isEqualTo("InternalServerError");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_connection_that_is_lost_makes_room_and_is_no_error(boolean abruptly) throws IOException {
        try (var lines = new LogLines(Replies.class)) {
            for (var connection : List.of(asked("/large"), asked("/large"))) {
                if (abruptly) {
                    connection.reset();
                } else {
                    connection.close();
                }
            }

            askedAgain(door);
            askedAgain(door);
            assertThat(lines.all()).extracting(ILoggingEvent::getLevel).doesNotContain(Level.ERROR);
        }
    }

    /** Whether the server hears of the end before or after it has the reply: both have to come to the same. */
    @Test
    void a_connection_that_is_lost_before_its_reply_is_made_makes_room() throws Exception {
        var lost = connect(door);
        lost.sendHead("/later", "Content-Length: 0");
        service.awaitLater();
        lost.reset();
        service.answerLater();

        askedAgain(door);
        askedAgain(door);
    }

    @Test
    void a_connection_whose_reply_is_not_taken_within_the_idle_time_ends_and_makes_room() throws IOException {
        var hasty = open(Duration.ofSeconds(3));
        var first = asked(hasty, "/large");
        var second = asked(hasty, "/large");

        askedAgain(hasty);

        assertThat(endsEarly(first) || endsEarly(second)).isTrue();
        hasty.drain(Duration.ofSeconds(1)).toCompletableFuture().join();
    }

    private static boolean endsEarly(RawConnection connection) throws IOException {
        try {
            connection.readBody(LargeReplies.REPLY_BYTES);
            return false;
        } catch (EOFException | SocketException ended) {
            return true;
        }
    }

    /** As {@link #asked}, once there is room. */
    private RawConnection askedAgain(FrontDoor of) throws IOException {
        while (true) {
            var connection = connect(of);
            connection.sendHead("/large", "Content-Length: 0");
            if (connection.readHead().startsWith("HTTP/1.1 200 ")) {
                return connection;
            }
            connection.close();
        }
    }

    private Answer ask(String path) throws IOException {
        try (var connection = new RawConnection(door.port())) {
            connection.sendHead(path, "Content-Length: 0");
            return connection.read();
        }
    }

    /** A connection that has asked, and has seen by the head that there is room for the reply, and reads no further. */
    private RawConnection asked(String path, String... headers) throws IOException {
        return asked(door, path, headers);
    }

    private RawConnection asked(FrontDoor of, String path, String... headers) throws IOException {
        var connection = connect(of);
        var all = new ArrayList<>(List.of(headers));
        all.add("Content-Length: 0");
        connection.sendHead(path, all.toArray(String[]::new));
        assertThat(connection.readHead()).startsWith("HTTP/1.1 200 ");
        return connection;
    }

    private RawConnection connect(FrontDoor to) throws IOException {
        var connection = new RawConnection(to.port());
        connections.add(connection);
        return connection;
    }

    private FrontDoor open(Duration idle) {
        var settings = new NodeSettings.Http(
                64,
                1 << 20,
                1 << 20,
                REPLIES_BYTES_MAX,
                Duration.ofSeconds(50),
                idle,
                Duration.ofSeconds(1),
                List.of());
        return FrontDoor.bind(
                        system, "127.0.0.1", 0, settings, Authenticator.dev(Map.of()), List.of(), List.of(service))
                .toCompletableFuture()
                .join();
    }
}
