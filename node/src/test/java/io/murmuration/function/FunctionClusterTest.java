package io.murmuration.function;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.MostlyWaits;
import io.murmuration.cluster.Leadership;
import io.murmuration.cluster.LocalLinks;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Functions on three nodes of one cluster, with an actor system each. */
@Timeout(180)
@MostlyWaits
class FunctionClusterTest {
    /** Tells its payload's size or what it is asked for; waits for the end of a file. */
    private static final String BIRD = """
            import os, time
            def handler(event, context):
                if 'until' in event:
                    open(event['until'] + '-begun-' + str(os.getpid()), 'a').close()
                    while not os.path.exists(event['until']):
                        time.sleep(0.01)
                if 'large' in event:
                    return 'x' * event['large']
                return {'bytes': len(event.get('payload', '')), 'node': os.getcwd().split('functions-')[1][0]}
            """;

    private final Path folder;
    private final LocalLinks.Network network = new LocalLinks.Network(List.of(1L, 2L, 3L));
    private final MemoryFunctions shared = new MemoryFunctions();
    private Bench first;
    private Bench second;
    private Bench third;

    FunctionClusterTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void open() throws Exception {
        Bench.needs("python3");
        first = start(1);
        second = start(2);
        third = start(3);
        Stream.of(first, second, third).forEach(node -> await(() -> node.members() == 3));
        shared.deploy("bird", "python3.12", "app.handler", Zip.of(Map.of("app.py", BIRD)), 60, OptionalInt.empty());
    }

    @AfterEach
    void close() {
        Stream.of(first, second, third).forEach(Bench::close);
    }

    @Test
    void payloads_of_any_size_pass_between_nodes() {
        assertThat(first.invoke("bird", "{}").payload()).contains("\"bytes\": 0");

        var sent = second.invoke("bird", "{\"payload\":\"" + "x".repeat(6_291_456 - 14) + "\"}");
        var answered = third.invoke("bird", "{\"large\":6291000}");

        assertThat(sent.payload()).contains("\"bytes\": 6291442");
        assertThat(answered.payload()).hasSize(6_291_002);
        assertThat(third.invoke("bird", "{}").log()).contains("REPORT RequestId");
    }

    @Test
    void concurrency_is_counted_across_the_cluster() throws Exception {
        shared.deploy("one", "python3.12", "app.handler", Zip.of(Map.of("app.py", BIRD)), 60, OptionalInt.of(1));
        var gate = folder.resolve("gate");
        var busy = first.send("one", "{\"until\":\"" + gate + "\"}");
        await(() -> begun("gate") == 1);

        assertThat(second.refusal("one", "{}").error().code()).isEqualTo(FunctionError.TOO_MANY_REQUESTS);
        Files.createFile(gate);

        assertThat(Bench.outcome(busy).error()).isEmpty();
        assertThat(third.invoke("one", "{}").error()).isEmpty();
    }

    @Test
    void payloads_at_the_node_with_the_queue_are_bounded_wherever_they_come_from() throws Exception {
        var gate = folder.resolve("gate");
        var large = "{\"until\":\"" + gate + "\",\"payload\":\"" + "x".repeat(5 << 20) + "\"}";
        var held = List.of(first.send("bird", large), first.send("bird", large), second.send("bird", large));
        await(() -> begun("gate") == 3);

        assertThat(third.refusal("bird", large).error().code()).isEqualTo(FunctionError.TOO_MANY_REQUESTS);
        Files.createFile(gate);

        for (var call : held) {
            assertThat(Bench.outcome(call).error()).isEmpty();
        }
        assertThat(third.invoke("bird", large).error()).isEmpty();
    }

    @Test
    void instances_are_started_on_other_nodes_once_there_are_many_here() throws Exception {
        var gate = folder.resolve("gate");
        var calls = IntStream.range(0, 12)
                .mapToObj(n -> first.send("bird", "{\"until\":\"" + gate + "\"}"))
                .toList();
        await(() -> begun("gate") >= 6);
        Files.createFile(gate);

        var nodes = new HashSet<String>();
        for (var call : calls) {
            var payload = Bench.outcome(call).payload();
            nodes.add(payload.substring(payload.indexOf("node")));
        }

        assertThat(nodes).hasSizeGreaterThan(1);
    }

    @Test
    void the_end_of_the_node_with_the_queue_is_told_and_others_go_on() {
        assertThat(first.invoke("bird", "{}").error()).isEmpty();
        var gate = folder.resolve("never");
        var busy = second.send("bird", "{\"until\":\"" + gate + "\"}");
        await(() -> begun("never") == 1);

        first.kill(network, 1);

        var lost = (ServiceException) Bench.failure(busy);
        assertThat(lost.error().code()).isEqualTo(CommonError.OUTCOME_UNKNOWN);
        assertThat(invokedInTheEnd(second).error()).isEmpty();
        assertThat(invokedInTheEnd(third).error()).isEmpty();
    }

    /** A call that was sent to the lost node before its own node knew is unknown too. */
    private static Bench.Outcome invokedInTheEnd(Bench node) {
        while (true) {
            try {
                return Bench.outcome(node.send("bird", "{}"));
            } catch (AssertionError unknown) {
                assertThat(unknown).rootCause().hasFieldOrPropertyWithValue("error.code", CommonError.OUTCOME_UNKNOWN);
            }
        }
    }

    private Bench start(long node) throws Exception {
        return Bench.join(folder.resolve("functions-" + node), node, network.join(node), new Led(), shared);
    }

    /** Functions that wait for the gate. */
    private long begun(String gate) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> Objects.requireNonNull(file.getFileName())
                            .toString()
                            .startsWith(gate + "-begun-"))
                    .count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void await(BooleanSupplier reached) {
        while (!reached.getAsBoolean()) {
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException timedOut) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(timedOut);
            }
        }
    }

    /** The third node leads, and is not ended. */
    private static final class Led implements Leadership {
        @Override
        public int groups() {
            return 1;
        }

        @Override
        public long leaderOf(int group) {
            return 3;
        }

        @Override
        public void hint(int group, long leads) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Long> replicasOf(int group) {
            return List.of(1L, 2L, 3L);
        }

        @Override
        public void onOffice(Consumer<OfficeChange> listener) {
            throw new UnsupportedOperationException();
        }
    }
}
