package io.murmuration.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.FreePorts;
import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.cluster.Links.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketLinksTest {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);
    private static final long WAIT_SECONDS = 20;
    private static final String SECRET = "of the cluster";

    /** With a queue of a few kilobytes, and silence that is soon too long. */
    private static final LinkLimits TIGHT = new LinkLimits(8 * 1024, 1024, 10, 50, 400, 20, 50);

    private final int firstPort = FreePorts.row(3);
    private final List<SocketLinks> started = new ArrayList<>();

    /** One node's links, what it received, and whose connections ended. */
    private record Node(SocketLinks links, BlockingQueue<byte[]> received, BlockingQueue<Long> lost) {}

    @AfterEach
    void stop() {
        started.forEach(SocketLinks::close);
    }

    @Test
    void messages_of_every_size_arrive_whole_and_in_order_both_ways() throws Exception {
        var one = start(1);
        var two = start(2);
        meet(one, 2);
        meet(two, 1);
        var random = new Random(1);
        var messages = new ArrayList<byte[]>();
        for (int size : new int[] {0, 1, 1000, 256 * 1024, 256 * 1024 + 1, 1024 * 1024, Links.MESSAGE_BYTES_MAX, 10}) {
            var message = new byte[size];
            random.nextBytes(message);
            messages.add(message);
        }

        messages.forEach(message -> one.links.send(2, Channel.CONSENSUS, message));
        messages.forEach(message -> two.links.send(1, Channel.CONSENSUS, message));

        for (var message : messages) {
            assertThat(two.received.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(message);
            assertThat(one.received.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(message);
        }
        assertThat(two.links.silentMillis(1)).isLessThan(20_000);
        assertThatThrownBy(() -> one.links.send(2, Channel.CONSENSUS, new byte[Links.MESSAGE_BYTES_MAX + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_message_to_oneself_arrives() {
        var one = start(1);

        one.links.send(1, Channel.CONSENSUS, bytes("me"));

        assertThat(one.received.poll()).isEqualTo(bytes("me"));
        assertThat(one.links.silentMillis(1)).isZero();
    }

    @Test
    void a_call_brings_the_answer_or_the_failure_of_the_other_side() throws Exception {
        var one = start(1);
        var two = start(2);
        two.links.respond(Channel.TABLES, (from, request) -> switch (text(request)) {
            case "fail" -> CompletableFuture.failedFuture(new IllegalStateException("it was told to"));
            case "much" -> CompletableFuture.completedFuture(new byte[Links.MESSAGE_BYTES_MAX + 1]);
            default -> CompletableFuture.completedFuture(bytes(from + " asked " + text(request)));
        });
        meet(one, 2);

        assertThat(text(result(call(one, 2, "why")))).isEqualTo("1 asked why");
        assertThatThrownBy(() -> result(call(one, 2, "fail")))
                .hasRootCauseInstanceOf(Links.CallFailed.class)
                .hasMessageContaining("it was told to");
        assertThatThrownBy(() -> result(call(one, 2, "much")))
                .hasRootCauseInstanceOf(Links.CallFailed.class)
                .hasMessageContaining("too long");
        assertThatThrownBy(() -> result(call(one, 1, "why")))
                .as("itself, where nobody answers")
                .hasRootCauseInstanceOf(Links.CallFailed.class);
    }

    @Test
    void a_call_to_a_node_that_is_not_there_is_unsent_and_to_one_that_does_not_answer_times_out() throws Exception {
        var one = start(1);

        assertThat(one.links.silentMillis(2)).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> result(call(one, 2, "why"))).hasRootCauseInstanceOf(Links.CallUnsent.class);
        assertThatThrownBy(() -> result(call(one, 99, "why"))).hasRootCauseInstanceOf(Links.CallUnsent.class);

        var two = start(2);
        two.links.respond(Channel.TABLES, (from, request) -> new CompletableFuture<>());
        meet(one, 2);
        assertThatThrownBy(() -> result(one.links.call(2, Channel.TABLES, bytes("why"), Duration.ofMillis(50))))
                .hasRootCauseInstanceOf(Links.CallTimeout.class);
    }

    @Test
    void when_a_node_ends_its_calls_end_at_once_as_unknown_and_whoever_listens_is_told() throws Exception {
        var one = start(1);
        var two = start(2);
        var three = start(3);
        var asked = new CompletableFuture<Void>();
        two.links.respond(Channel.TABLES, (from, request) -> {
            asked.complete(null);
            return new CompletableFuture<>();
        });
        meet(one, 2);
        meet(three, 2);
        var call = call(one, 2, "why");
        asked.get(WAIT_SECONDS, TimeUnit.SECONDS);

        two.links.close();

        assertThatThrownBy(() -> result(call)).hasRootCauseInstanceOf(Links.CallLost.class);
        assertThat(one.lost.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(three.lost.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(2);
    }

    @Test
    void a_node_that_comes_back_is_reached_again() throws Exception {
        var one = start(1);
        var two = start(2);
        meet(one, 2);
        two.links.close();

        var again = start(2);
        meet(one, 2);
        meet(again, 1);

        one.links.send(2, Channel.CONSENSUS, bytes("welcome back"));
        assertThat(again.received.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(bytes("welcome back"));
    }

    @Test
    void who_does_not_know_the_secret_is_not_talked_to() throws Exception {
        var one = start(1);
        var stranger = start(2, "another", LinkLimits.DEFAULT);
        var three = start(3);
        meet(one, 3);

        assertThatThrownBy(() -> result(call(one, 2, "why"))).hasRootCauseInstanceOf(Links.CallUnsent.class);
        assertThatThrownBy(() -> result(call(stranger, 3, "why"))).hasRootCauseInstanceOf(Links.CallUnsent.class);
        assertThat(one.links.silentMillis(2)).isEqualTo(Long.MAX_VALUE);
        assertThat(three.links.silentMillis(2)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void garbage_on_the_port_disturbs_nobody() throws Exception {
        var one = start(1);
        var two = start(2);
        meet(one, 2);

        try (var visitor = new Socket(InetAddress.getLoopbackAddress(), port(2))) {
            visitor.getOutputStream().write(bytes("GET / HTTP/1.1\r\nHost: somebody\r\n\r\n"));
            visitor.shutdownOutput();
            assertThat(hangsUp(visitor)).isTrue();
        }

        one.links.send(2, Channel.CONSENSUS, bytes("still here"));
        assertThat(two.received.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(bytes("still here"));
    }

    @Test
    void what_waits_for_a_node_that_takes_nothing_is_bounded_and_its_silence_ends_the_connection() throws Exception {
        try (var deaf = new Deaf(port(2), new Handshake(SECRET, 2, Chance.secure()))) {
            var one = start(1, SECRET, TIGHT);
            deaf.converse(1);

            assertThat(one.lost.poll(WAIT_SECONDS, TimeUnit.SECONDS))
                    .as("its connection is given up")
                    .isEqualTo(2);

            deaf.converse(1);
            for (var at = 0; one.links.droppedCount(2) == 0 && at < 10_000; at++) {
                one.links.send(2, Channel.CONSENSUS, new byte[4 * 1024]);
            }
            assertThat(one.links.droppedCount(2)).isPositive();
        }
    }

    @Test
    void an_address_that_is_taken_is_refused() {
        start(1);

        assertThatThrownBy(() -> start(1))
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(BindException.class);
    }

    /** A node that greets and then never says or takes anything. */
    private static final class Deaf implements AutoCloseable {
        private final ServerSocket server;
        private final Handshake handshake;
        private final List<Socket> sockets = new ArrayList<>();

        Deaf(int port, Handshake handshake) throws IOException {
            this.server = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
            this.handshake = handshake;
        }

        void converse(long with) throws IOException {
            var socket = server.accept();
            sockets.add(socket);
            assertThat(handshake.accept(socket, List.of(with))).isEqualTo(with);
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (var socket : sockets) {
                socket.close();
            }
        }
    }

    private static boolean hangsUp(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException reset) {
            return true;
        }
    }

    private static CompletionStage<byte[]> call(Node from, long to, String request) {
        return from.links.call(to, Channel.TABLES, bytes(request), CALL_TIMEOUT);
    }

    private static byte[] result(CompletionStage<byte[]> call) throws Exception {
        return call.toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Waits until calls get through: until then they are refused as unsent. */
    private static void meet(Node from, long to) throws Exception {
        for (var attempt = 0; attempt < 1000; attempt++) {
            try {
                result(from.links.call(to, Channel.CATALOGUE, bytes("hello"), Duration.ofMillis(500)));
                return;
            } catch (ExecutionException notYet) {
                new CompletableFuture<Void>()
                        .completeOnTimeout(null, 20, TimeUnit.MILLISECONDS)
                        .get();
            }
        }
        throw new AssertionError("node " + to + " was never reached");
    }

    private Node start(long self) {
        return start(self, SECRET, LinkLimits.DEFAULT);
    }

    private Node start(long self, String secret, LinkLimits limits) {
        Map<Long, String> addresses = new LinkedHashMap<>();
        for (var id = 1L; id <= 3; id++) {
            addresses.put(id, "127.0.0.1:" + port(id));
        }
        var links = SocketLinks.start(
                new SocketLinks.Setup(self, addresses, secret, Clock.system(), Chance.secure()), limits);
        started.add(links);
        var received = new LinkedBlockingQueue<byte[]>();
        var lost = new LinkedBlockingQueue<Long>();
        links.receive(Channel.CONSENSUS, (from, message) -> received.add(message));
        links.respond(Channel.CATALOGUE, (from, request) -> CompletableFuture.completedFuture(request));
        links.onLost(lost::add);
        return new Node(links, received, lost);
    }

    private int port(long node) {
        return firstPort + (int) node - 1;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
