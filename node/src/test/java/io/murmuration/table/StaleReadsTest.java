package io.murmuration.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.journal.LocalCluster;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.table.operation.TableReply.ItemRead;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows an eventually consistent read may take. */
class StaleReadsTest {
    private TestNode leader;

    @BeforeEach
    void start() {
        leader = TestNode.leading("stale-leader");
        leader.createTable("birds");
        leader.ask(Birds.put("crow", 5));
    }

    @AfterEach
    void stop() {
        leader.close();
    }

    @Test
    void a_replica_that_has_not_caught_up_asks_its_leader() {
        try (var empty = TestNode.begunAnew(leader, "stale-empty")) {
            empty.journal().stale(Long.MAX_VALUE);

            assertThat(empty.ask(Birds.get("crow", false))).isEqualTo(found());
        }
    }

    @Test
    void a_replica_whose_rows_are_being_replaced_asks_its_leader() {
        try (var replaced = TestNode.begunAnew(leader, "stale-replaced")) {
            for (var group = 1; group <= TestNode.SHARDS; group++) {
                replaced.journal().rows(group).replace();
            }

            assertThat(replaced.ask(Birds.get("crow", false))).isEqualTo(found());
        }
    }

    @Test
    void what_this_node_has_acknowledged_and_not_applied_is_read_at_the_leader() {
        try (var behind = TestNode.begunAnew(leader, "stale-behind")) {
            behind.ask(Birds.put("auk", 6));

            assertThat(behind.ask(Birds.get("auk", false))).isEqualTo(new ItemRead(Birds.bird("auk", 6), null));
        }
    }

    @Test
    void without_a_leader_old_rows_will_do() {
        try (var cut = TestNode.following(leader, "stale-cut")) {
            leader.isolate();
            cut.journal().stale(60_000);

            assertThat(cut.ask(Birds.get("crow", false))).isEqualTo(found());
            assertThat(code(cut.outcome(Birds.get("crow", true)))).isEqualTo(CommonError.UNAVAILABLE);
        }
    }

    @Test
    void without_a_leader_rows_that_are_damaged_or_being_replaced_will_not_do() {
        try (var damaged = TestNode.begunAnew(leader, "stale-damaged");
                var replaced = TestNode.begunAnew(leader, "stale-lost")) {
            leader.isolate();
            damaged.journal().damaged();
            for (var group = 1; group <= TestNode.SHARDS; group++) {
                replaced.journal().rows(group).replace();
            }

            assertThat(code(damaged.outcome(Birds.get("crow", false)))).isEqualTo(CommonError.UNAVAILABLE);
            assertThat(code(replaced.outcome(Birds.get("crow", false)))).isEqualTo(CommonError.UNAVAILABLE);
        }
    }

    @Test
    void a_node_cut_off_for_seconds_still_answers_what_may_be_old(@TempDir Path folder) throws Exception {
        try (var cluster = new TableCluster(folder, 3)) {
            cluster.until(1, TestNode.create("birds", false));
            cluster.until(1, Birds.put("crow", 5));
            LocalCluster.await(() -> cluster.until(1, Birds.get("crow", false)).equals(found()));

            cluster.journals().network().isolate(1);
            pass(Duration.ofMillis(2_500));

            assertThat(cluster.ask(1, Birds.get("crow", false))).isEqualTo(found());
            var asked = System.nanoTime();
            var refusal = cluster.send(1, Birds.get("crow", true))
                    .handle((reply, failure) -> TableCluster.refusal(failure))
                    .join();
            assertThat(refusal).isEqualTo(CommonError.UNAVAILABLE);
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofMillis(2_100));
        }
    }

    private static ItemRead found() {
        return new ItemRead(Birds.bird("crow", 5), null);
    }

    private static ErrorCode code(Object outcome) {
        return ((ServiceError) outcome).code();
    }

    /** The links' silence is real time. */
    private static void pass(Duration time) throws Exception {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS)
                .get();
    }
}
