package io.murmuration.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.cluster.Leadership.OfficeChange;
import io.murmuration.journal.Command.AppendEvents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalClusterTest {
    private static final int GROUP = 1;
    private static final String ENTITY = "flock@1";

    private Path folder;
    private LocalCluster cluster;

    @BeforeEach
    void start(@TempDir Path empty) {
        folder = empty;
        cluster = new LocalCluster(folder, 3, 2);
    }

    @AfterEach
    void close() throws Exception {
        cluster.close();
        assertThat(cluster.halts()).isEmpty();
    }

    @Test
    void what_is_appended_at_the_leader_is_applied_everywhere() throws Exception {
        var leader = cluster.awaitLeader(GROUP);

        var index = get(append(leader, 0, "a"));

        for (long id = 1; id <= 3; id++) {
            var journal = cluster.node(id).journal();
            LocalCluster.await(() -> journal.leaderOf(GROUP) != 0); // its replica has started
            get(journal.applied(GROUP, index));
            assertThat(journal.rows(GROUP).get(bytes("row"))).isEqualTo(bytes("a"));
            assertThat(journal.rows(GROUP).sequenceNumber(ENTITY)).isEqualTo(1);
        }
    }

    @Test
    void an_append_that_expects_another_sequence_number_is_refused_and_changes_nothing() throws Exception {
        var leader = cluster.awaitLeader(GROUP);
        get(append(leader, 0, "a"));

        assertThatThrownBy(() -> get(append(leader, 0, "b"))).hasCauseInstanceOf(AppendRefusedException.class);
        assertThatThrownBy(() -> get(append(leader, 2, "b"))).hasCauseInstanceOf(AppendRefusedException.class);

        assertThat(leader.journal().rows(GROUP).get(bytes("row"))).isEqualTo(bytes("a"));
    }

    @Test
    void a_follower_refuses_and_names_the_leader() throws Exception {
        var leader = cluster.awaitLeader(GROUP);
        var follower = cluster.node(leader.links().self() % 3 + 1);
        LocalCluster.await(
                () -> follower.journal().leaderOf(GROUP) == leader.links().self());

        assertThatThrownBy(() -> get(append(follower, 0, "a")))
                .cause()
                .isInstanceOfSatisfying(NotLeaderException.class, elsewhere -> assertThat(elsewhere.leader())
                        .isEqualTo(leader.links().self()));
        assertThatThrownBy(() -> get(follower.journal().barrier(GROUP))).hasCauseInstanceOf(NotLeaderException.class);
    }

    @Test
    void another_node_takes_office_when_the_leader_is_cut_off_and_what_was_acknowledged_is_there() throws Exception {
        var before = cluster.awaitLeader(GROUP);
        var lost = before.links().self();
        var changes = new CopyOnWriteArrayList<OfficeChange>();
        before.journal().onOffice(change -> {
            if (change.group() == GROUP) {
                changes.add(change);
            }
        });
        get(append(before, 0, "a"));

        cluster.network().isolate(lost);
        assertThatThrownBy(() -> get(append(before, 1, "lost"))).hasCauseInstanceOf(OutcomeUnknownException.class);
        var after = cluster.awaitLeader(GROUP, lost % 3 + 1, (lost + 1) % 3 + 1);

        assertThat(after.journal().rows(GROUP).get(bytes("row"))).isEqualTo(bytes("a"));
        get(append(after, 1, "b"));
        cluster.network().heal();
        LocalCluster.await(() -> before.journal().rows(GROUP).sequenceNumber(ENTITY) == 2);
        assertThat(before.journal().rows(GROUP).get(bytes("row"))).isEqualTo(bytes("b"));
        assertThat(changes).extracting(OfficeChange::serving).containsExactly(true, false);
    }

    @Test
    void a_barrier_without_a_quorum_fails_in_time() throws Exception {
        var leader = cluster.awaitLeader(GROUP);

        cluster.network().isolate(leader.links().self());

        assertThatThrownBy(() -> get(leader.journal().barrier(GROUP)))
                .cause()
                .isInstanceOfAny(NoQuorumException.class, NotLeaderException.class);
    }

    @Test
    void everything_is_there_after_all_nodes_restarted() throws Exception {
        var leader = cluster.awaitLeader(GROUP);
        for (int i = 0; i < 50; i++) {
            get(append(leader, i, "value " + i));
        }

        for (long id = 1; id <= 3; id++) {
            cluster.stop(id);
        }
        for (long id = 1; id <= 3; id++) {
            cluster.start(id);
        }

        var rows = cluster.awaitLeader(GROUP).journal().rows(GROUP);
        assertThat(rows.sequenceNumber(ENTITY)).isEqualTo(50);
        assertThat(rows.get(bytes("row"))).isEqualTo(bytes("value 49"));
    }

    @Test
    void a_node_that_lost_its_stores_counts_for_nothing_until_it_is_refilled() throws Exception {
        var leader = cluster.awaitLeader(GROUP);
        get(append(leader, 0, "a"));
        var lost = leader.links().self() % 3 + 1;
        cluster.stop(lost);
        deleteAll(folder.resolve("node-" + lost).resolve("state"));

        var again = cluster.start(lost);

        assertThat(again.journal().status())
                .extracting(Journal.ReplicaStatus::role)
                .containsOnly("damaged");
        LocalCluster.await(() -> again.journal().status().stream()
                .noneMatch(status -> status.role().equals("damaged")));
        get(again.journal().applied(GROUP, leader.journal().rows(GROUP).appliedIndex()));
        assertThat(again.journal().rows(GROUP).get(bytes("row"))).isEqualTo(bytes("a"));
    }

    private static CompletionStage<Long> append(LocalCluster.Node node, long expected, String value) {
        var event =
                new LoggedEvent(expected + 1, 0, "", null, null, List.of(new RowChange(bytes("row"), bytes(value))));
        var command = new AppendEvents(0, ENTITY, expected, expected + 1, "test", List.of(event));
        return node.journal().append(GROUP, CommandCodec.encode(command));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private static void deleteAll(Path path) throws Exception {
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
