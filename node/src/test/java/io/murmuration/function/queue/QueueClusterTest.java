package io.murmuration.function.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.function.Functions;
import io.murmuration.journal.LocalCluster;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionErrors;
import io.murmuration.protocol.function.FunctionName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Queues on three nodes with real journals, before functions that do as they are told. */
@Timeout(120)
class QueueClusterTest {
    private static final List<Long> NODES = List.of(1L, 2L, 3L);
    private static final int SHARDS = 3;
    private static final QueueSettings SETTINGS = QueueSettings.defaults()
            .withPauses(
                    List.of(Duration.ofMillis(50), Duration.ofMillis(50)), Duration.ofMillis(50), Duration.ofHours(1));

    private final LocalCluster cluster;
    private final FakeFunctions functions = new FakeFunctions();
    private final Map<Long, AsyncInvocations> queues = new HashMap<>();

    QueueClusterTest(@TempDir Path folder) {
        cluster = new LocalCluster(folder, NODES.size(), SHARDS);
    }

    @BeforeEach
    void start() throws Exception {
        NODES.forEach(this::startQueues);
        awaitLeaders();
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
    }

    @Test
    void what_any_node_accepts_is_delivered_once_under_the_id_it_was_accepted_with() throws Exception {
        var ids = new HashSet<String>();
        for (var n = 0; n < 30; n++) {
            ids.add(enqueue(1 + n % 3, "count", "{\"n\":" + n + "}").join());
        }

        LocalCluster.await(() -> requestIds().containsAll(ids));
        assertThat(ids).hasSize(30);
        assertThat(functions.calls()).hasSize(30).allSatisfy(call -> {
            assertThat(call.function()).isEqualTo(new FunctionName("count", null));
            assertThat(call.traceId()).isEqualTo("Root=1-2-3");
        });
        awaitEmpty();
    }

    @Test
    void a_function_that_fails_is_called_three_times_and_then_the_event_is_given_up() throws Exception {
        functions.will(call -> FakeFunctions.failed());
        var id = enqueue(1, "fails", "{}").join();

        awaitEmpty();

        assertThat(functions.calls()).hasSize(3).allSatisfy(call -> assertThat(call.requestId())
                .isEqualTo(id));
    }

    @Test
    void what_is_throttled_or_unknown_is_tried_until_it_succeeds_and_what_is_gone_is_dropped() throws Exception {
        var refusals = new ArrayList<>(List.of(
                FunctionErrors.throttled(),
                new ServiceError(CommonError.OUTCOME_UNKNOWN, "?"),
                FunctionErrors.throttled(),
                new ServiceError(CommonError.UNAVAILABLE, "?")));
        functions.will(call -> {
            synchronized (refusals) {
                if (call.function().name().equals("gone")) {
                    return FakeFunctions.refused(FunctionErrors.notFound("gone"));
                }
                return refusals.isEmpty() ? FakeFunctions.replied("1") : FakeFunctions.refused(refusals.removeFirst());
            }
        });

        enqueue(1, "busy", "{}").join();
        enqueue(2, "gone", "{}").join();

        awaitEmpty();
        assertThat(functions.calls())
                .filteredOn(call -> call.function().name().equals("busy"))
                .hasSize(5);
        assertThat(functions.calls())
                .filteredOn(call -> call.function().name().equals("gone"))
                .hasSize(1);
    }

    @Test
    void a_function_that_hangs_or_is_throttled_does_not_keep_others() throws Exception {
        var hanging = new CompletableFuture<Functions.Answer>();
        functions.will(call -> switch (call.function().name()) {
            case "hangs" -> hanging;
            case "throttled" -> FakeFunctions.refused(FunctionErrors.throttled());
            default -> FakeFunctions.replied("1");
        });
        var accepted = new ArrayList<CompletableFuture<String>>();
        for (var n = 0; n < 600; n++) {
            accepted.add(enqueue(1, n % 2 == 0 ? "hangs" : "throttled", "{}"));
        }
        accepted.forEach(CompletableFuture::join);

        var ids = new HashSet<String>();
        for (var n = 0; n < 30; n++) {
            ids.add(enqueue(1 + n % 3, "well", "{}").join());
        }

        LocalCluster.await(() -> requestIds().containsAll(ids));
        hanging.complete(FakeFunctions.replied("1").toCompletableFuture().join());
    }

    @Test
    void what_was_accepted_survives_the_end_of_leaders_in_the_middle_and_of_all() throws Exception {
        var done = ConcurrentHashMap.<String>newKeySet();
        functions.will(call -> {
            // the first calls are never answered: their nodes end meanwhile
            if (functions.calls().size() < 20) {
                return new CompletableFuture<>();
            }
            done.add(call.requestId());
            return FakeFunctions.replied("1");
        });
        var accepted = new HashSet<String>();
        for (var n = 0; n < 60; n++) {
            accepted.add(enqueue(1 + n % 3, "count", "{}").join());
            if (n == 20) {
                stopNode(cluster.awaitLeader(1).links().self());
            }
        }

        for (var node : Set.copyOf(queues.keySet())) {
            stopNode(node);
        }
        NODES.forEach(node -> {
            cluster.start(node);
            startQueues(node);
        });
        awaitLeaders();

        LocalCluster.await(() -> done.containsAll(accepted));
        awaitEmpty();
    }

    @Test
    void what_is_too_large_or_finds_no_majority_is_not_accepted() throws Exception {
        var large = new AsyncInvocations.Event(
                new FunctionName("f", null),
                ByteString.fromArrayUnsafe(new byte[AsyncInvocations.PAYLOAD_BYTES_MAX + 1]),
                "",
                "");
        assertThatThrownBy(() ->
                        at(1).enqueue(large, deadline()).toCompletableFuture().join())
                .hasRootCauseMessage(
                        "1048577 byte payload is too large for the Event invocation type (limit 1048576 bytes)");
        var largest = new AsyncInvocations.Event(
                new FunctionName("f", null),
                ByteString.fromArrayUnsafe(new byte[AsyncInvocations.PAYLOAD_BYTES_MAX]),
                "",
                "");
        at(1).enqueue(largest, deadline()).toCompletableFuture().join();
        stopNode(2);
        stopNode(3);

        assertThatThrownBy(() -> enqueue(1, "f", "{}").join())
                .cause()
                .isInstanceOfSatisfying(ServiceException.class, refused -> assertThat(
                                refused.error().code())
                        .isIn(CommonError.UNAVAILABLE, CommonError.OUTCOME_UNKNOWN));
    }

    /** At the node, or at another if it does not run. */
    private CompletableFuture<String> enqueue(long node, String function, String payload) {
        var running =
                queues.containsKey(node) ? node : queues.keySet().iterator().next();
        return at(running)
                .enqueue(
                        new AsyncInvocations.Event(
                                new FunctionName(function, null), ByteString.fromString(payload), "Root=1-2-3", ""),
                        deadline())
                .toCompletableFuture();
    }

    private Set<String> requestIds() {
        var ids = new HashSet<String>();
        functions.calls().forEach(call -> ids.add(call.requestId()));
        return ids;
    }

    /** Until no shard has anything queued any more. */
    private void awaitEmpty() throws Exception {
        for (var group = 1; group <= SHARDS; group++) {
            var rows = cluster.awaitLeader(group).journal().rows(group);
            LocalCluster.await(
                    () -> QueueState.read(rows.get(QueueKeys.counts())).events() == 0);
            assertThat(new QueueReads(rows).headsAfter(0).events()).isEmpty();
        }
    }

    private void awaitLeaders() throws Exception {
        for (var group = 0; group <= SHARDS; group++) {
            cluster.awaitLeader(group);
        }
    }

    private void startQueues(long id) {
        var node = cluster.node(id);
        queues.put(
                id,
                QueueNode.start(
                        node.kit().system(),
                        node.journal(),
                        node.links(),
                        functions,
                        SETTINGS,
                        Clock.system(),
                        Chance.system()));
    }

    private void stopNode(long id) throws Exception {
        cluster.stop(id);
        queues.remove(id);
    }

    private AsyncInvocations at(long node) {
        var queue = queues.get(node);
        if (queue == null) {
            throw new IllegalStateException("node " + node + " does not run");
        }
        return queue;
    }

    private static long deadline() {
        return Clock.system().nanos() + TimeUnit.SECONDS.toNanos(5);
    }
}
