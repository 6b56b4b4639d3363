package io.murmuration.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.murmuration.FreePorts;
import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.cluster.Links.Channel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArteryLinksTest {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);
    private static final long WAIT_SECONDS = 20;

    private final List<ActorTestKit> kits = new ArrayList<>();

    /** One node: its actor system, and the links in it once all addresses are known. */
    private record Node(ActorTestKit kit, ArteryLinks links, BlockingQueue<byte[]> received) {}

    @AfterEach
    void stop() {
        kits.forEach(ActorTestKit::shutdownTestKit);
    }

    @Test
    void messages_of_every_size_arrive_whole_and_in_order() throws Exception {
        var first = FreePorts.row(2);
        var ports = List.of(first, first + 1);
        var one = start(1, ports);
        var two = start(2, ports);
        meet(one, 2);
        meet(two, 1);
        var random = new Random(1);
        var messages = new ArrayList<byte[]>();
        for (int size : new int[] {0, 1, 1000, 128 * 1024, 128 * 1024 + 1, 1024 * 1024, Links.MESSAGE_BYTES_MAX, 10}) {
            var message = new byte[size];
            random.nextBytes(message);
            messages.add(message);
        }

        messages.forEach(message -> one.links().send(2, Channel.CONSENSUS, message));

        for (var message : messages) {
            assertThat(two.received().poll(WAIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(message);
        }
        assertThat(two.links().silentMillis(1)).isLessThan(20_000);
        assertThat(one.links().droppedCount(2)).isZero();
    }

    @Test
    void a_call_brings_the_answer_or_the_failure_of_the_other_side() throws Exception {
        var first = FreePorts.row(2);
        var ports = List.of(first, first + 1);
        var one = start(1, ports);
        var two = start(2, ports);
        two.links()
                .respond(
                        Channel.TABLES,
                        (from, request) -> request.length == 0
                                ? CompletableFuture.failedFuture(new IllegalStateException("nothing was asked"))
                                : CompletableFuture.completedFuture(bytes(from + " asked " + text(request))));
        meet(one, 2);

        assertThat(call(one, 2, "why")).isEqualTo("1 asked why");
        assertThatThrownBy(() -> call(one, 2, ""))
                .hasRootCauseInstanceOf(Links.CallFailed.class)
                .hasMessageContaining("nothing was asked");
        assertThatThrownBy(() -> call(one, 1, "why"))
                .as("itself, where nobody answers")
                .hasRootCauseInstanceOf(Links.CallFailed.class);
    }

    @Test
    void a_call_to_a_node_that_was_never_heard_is_unsent_and_to_one_that_does_not_answer_times_out() throws Exception {
        var first = FreePorts.row(2);
        var ports = List.of(first, first + 1);
        var one = start(1, ports);

        assertThat(one.links().silentMillis(2)).isEqualTo(Long.MAX_VALUE);
        assertThatThrownBy(() -> call(one, 2, "why")).hasRootCauseInstanceOf(Links.CallUnsent.class);

        var two = start(2, ports);
        two.links().respond(Channel.TABLES, (from, request) -> new CompletableFuture<>());
        meet(one, 2);
        assertThatThrownBy(() -> one.links()
                        .call(2, Channel.TABLES, bytes("why"), Duration.ofMillis(50))
                        .toCompletableFuture()
                        .get(WAIT_SECONDS, TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(Links.CallTimeout.class);
    }

    @Test
    void a_node_that_comes_back_is_reached_again() throws Exception {
        var first = FreePorts.row(2);
        var ports = List.of(first, first + 1);
        var one = start(1, ports);
        var two = start(2, ports);
        meet(one, 2);
        two.kit().shutdownTestKit();
        kits.remove(two.kit());

        var again = start(2, ports);
        meet(again, 1);
        meet(one, 2);

        one.links().send(2, Channel.CONSENSUS, bytes("welcome back"));
        assertThat(again.received().poll(WAIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(bytes("welcome back"));
    }

    private static String call(Node from, long to, String request) throws Exception {
        try {
            return text(from.links()
                    .call(to, Channel.TABLES, bytes(request), CALL_TIMEOUT)
                    .toCompletableFuture()
                    .get(WAIT_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException failed) {
            throw failed;
        }
    }

    /** Waits until calls get through: until then they are refused as unsent. */
    private static void meet(Node from, long to) throws Exception {
        for (var attempt = 0; attempt < 1000; attempt++) {
            try {
                from.links()
                        .call(to, Channel.CATALOGUE, bytes("hello"), Duration.ofMillis(500))
                        .toCompletableFuture()
                        .get(WAIT_SECONDS, TimeUnit.SECONDS);
                return;
            } catch (ExecutionException notYet) {
                new CompletableFuture<Void>()
                        .completeOnTimeout(null, 20, TimeUnit.MILLISECONDS)
                        .get();
            }
        }
        throw new AssertionError("node " + to + " was never reached");
    }

    private Node start(long self, List<Integer> ports) {
        var kit = ActorTestKit.create("murmuration", config(ports.get((int) self - 1)));
        kits.add(kit);
        Map<Long, String> addresses = new LinkedHashMap<>();
        for (int at = 0; at < ports.size(); at++) {
            addresses.put(at + 1L, "127.0.0.1:" + ports.get(at));
        }
        var links = ArteryLinks.start(kit.system(), self, addresses, Clock.system(), Chance.system());
        var received = new LinkedBlockingQueue<byte[]>();
        links.receive(Channel.CONSENSUS, (from, message) -> received.add(message));
        links.respond(Channel.CATALOGUE, (from, request) -> CompletableFuture.completedFuture(request));
        return new Node(kit, links, received);
    }

    private static Config config(int port) {
        return RemotingConfig.remoting("127.0.0.1", port).withFallback(ConfigFactory.load());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
