package io.murmuration.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.consensus.RaftOptions;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReplicaLogicTest {
    private static final ReplicaLimits LIMITS = ReplicaLimits.DEFAULT;

    /** Few of everything, so that bounds are met. */
    private static final ReplicaLimits TIGHT =
            new ReplicaLimits(1024, 2, 1024, 1_800, 2, 1_500, 4, 512, 8, 1024 * 1024, 8 * 1024, 60_000, 1);

    /** Outcomes are awaited for as long as it takes. */
    private static final ReplicaLimits PATIENT = new ReplicaLimits(
            1024, 100, 1024 * 1024, 600_000, 100, 1_500, 64, 1024, 64, 1024 * 1024, 1024 * 1024, 60_000, 1);

    @Test
    void who_waits_at_a_replica_that_only_just_started_waits_as_long_as_any_other() {
        var cluster = new LogicCluster(3, LIMITS);
        var applied = new CompletableFuture<Void>();
        cluster.node(2).logic.whenApplied(2, applied);

        var append = cluster.awaitLeader().append(0, "a");
        cluster.pass(500);

        assertThat(append).isCompleted();
        assertThat(applied).isCompleted();
    }

    @Test
    void nothing_is_acknowledged_before_it_is_durable() {
        var cluster = new LogicCluster(1, LIMITS);
        var leader = cluster.awaitLeader();
        leader.diskWaits = true;

        var append = leader.append(0, "a");
        cluster.settle();
        assertThat(append).isNotDone();
        assertThat(leader.sequenceNumber()).isZero();

        leader.diskWaits = false;
        cluster.settle();
        assertThat(append).isCompletedWithValue(leader.state.appliedIndex());
        assertThat(leader.sequenceNumber()).isEqualTo(1);
    }

    @Test
    void a_leader_whose_own_disk_waits_acknowledges_what_the_others_hold_only_once_it_has_applied_it() {
        var cluster = new LogicCluster(3, LIMITS);
        var leader = cluster.awaitLeader();
        leader.diskWaits = true;

        var append = leader.append(0, "a");
        cluster.settle();

        assertThat(append).isNotDone();
        leader.diskWaits = false;
        cluster.settle();
        assertThat(append).isCompleted();
    }

    @Test
    void a_barrier_is_answered_with_an_index_that_is_applied() {
        var cluster = new LogicCluster(3, LIMITS);
        var leader = cluster.awaitLeader();
        var append = leader.append(0, "a");
        var barrier = leader.barrier();

        cluster.settle();

        assertThat(append).isCompleted();
        assertThat(barrier).isCompleted();
        assertThat(barrier.join()).isLessThanOrEqualTo(leader.state.appliedIndex());
    }

    @Test
    void an_append_that_nobody_else_got_is_surely_not_applied_once_another_leaders_entry_has_its_place() {
        var cluster = new LogicCluster(3, PATIENT);
        var old = cluster.awaitLeader();
        cluster.cut(1L);
        var lost = old.append(0, "lost");
        cluster.settle();

        var fresh = cluster.awaitLeader();
        var kept = fresh.append(0, "kept");
        cluster.settle();
        assertThat(lost).as("its fate is not known here yet").isNotDone();
        cluster.heal();
        cluster.pass(500);

        assertThat(kept).isCompleted();
        assertThat(failure(lost)).isInstanceOf(NotLeaderException.class);
        assertThat(old.state.contents()).isEqualTo(fresh.state.contents());
    }

    @Test
    void an_append_that_the_next_leader_committed_succeeds_at_the_old_one() {
        var cluster = new LogicCluster(3, PATIENT);
        var old = cluster.awaitLeader();
        cluster.cut(3L);
        cluster.node(2).diskWaits = true;
        var append = old.append(0, "a");
        cluster.settle();
        cluster.heal();
        cluster.cut(1L);
        cluster.node(2).diskWaits = false;

        var fresh = cluster.awaitLeader();
        assertThat(fresh).as("it alone has the entry").isSameAs(cluster.node(2));
        assertThat(append).isNotDone();
        cluster.heal();
        cluster.pass(500);

        assertThat(append).isCompleted();
        assertThat(fresh.sequenceNumber()).isEqualTo(1);
        assertThat(old.state.contents()).isEqualTo(fresh.state.contents());
    }

    @Test
    void without_a_quorum_an_append_is_unknown_and_a_barrier_fails_in_time() {
        var cluster = new LogicCluster(3, LIMITS);
        var leader = cluster.awaitLeader();
        cluster.cut(2L, 3L);

        var append = leader.append(0, "a");
        var barrier = leader.barrier();
        cluster.pass(2_000);

        assertThat(failure(append)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(failure(barrier)).isInstanceOfAny(NoQuorumException.class, NotLeaderException.class);
    }

    @Test
    void a_replica_that_does_not_serve_refuses() {
        var cluster = new LogicCluster(3, LIMITS);
        cluster.awaitLeader();
        cluster.settle();

        assertThat(failure(cluster.node(2).append(0, "a")))
                .isInstanceOfSatisfying(NotLeaderException.class, elsewhere -> assertThat(elsewhere.leader())
                        .isEqualTo(1));
        assertThat(failure(cluster.node(2).barrier())).isInstanceOf(NotLeaderException.class);
    }

    @Test
    void what_waits_is_bounded() {
        var cluster = new LogicCluster(3, TIGHT);
        var leader = cluster.awaitLeader();
        cluster.cut(2L, 3L);

        var appends = new ArrayList<CompletableFuture<Long>>();
        var barriers = new ArrayList<CompletableFuture<Long>>();
        for (int i = 0; i < 3; i++) {
            appends.add(leader.append(i, "a"));
            barriers.add(leader.barrier());
        }

        assertThat(appends.get(1)).isNotDone();
        assertThat(failure(appends.get(2))).isInstanceOf(JournalOverloadedException.class);
        assertThat(barriers.get(1)).isNotDone();
        assertThat(failure(barriers.get(2))).isInstanceOf(JournalOverloadedException.class);
        assertThat(failure(leader.append(0, "x".repeat(2_000)))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_leader_that_may_propose_no_more_is_overloaded_and_still_leads() {
        var most = RaftOptions.defaults(1).uncommittedMax();
        var roomy = new ReplicaLimits(
                1024, 2 * most, 64 * 1024 * 1024, 1_800, 2, 1_500, 4, 512, 8, 1024 * 1024, 8 * 1024, 60_000, 1);
        var cluster = new LogicCluster(3, roomy);
        var leader = cluster.awaitLeader();
        cluster.cut(2L, 3L);

        for (int i = 0; i < most; i++) {
            assertThat(leader.append(i, "a")).isNotDone();
        }
        assertThat(failure(leader.append(most, "a"))).isInstanceOf(JournalOverloadedException.class);
    }

    @Test
    void many_appends_are_applied_in_bounded_steps_and_the_log_is_cut_behind_durable_rows() {
        var cluster = new LogicCluster(1, TIGHT);
        var leader = cluster.awaitLeader();
        for (int i = 0; i < 100; i++) {
            var append = leader.append(i, "value " + i);
            cluster.settle();
            assertThat(append).isCompleted();
        }

        cluster.pass(2_000);
        assertThat(leader.log.view().firstIndex()).as("nothing is durable yet").isEqualTo(1);

        leader.state.checkpoint();
        cluster.pass(2_000);
        assertThat(leader.log.view().firstIndex()).isGreaterThan(90);
        assertThat(leader.log.view().lastIndex() - leader.log.view().firstIndex())
                .isGreaterThanOrEqualTo(6);
    }

    @Test
    void a_replica_that_lags_behind_the_log_gets_the_leaders_rows() {
        var cluster = new LogicCluster(3, TIGHT);
        var leader = cluster.awaitLeader();
        cluster.cut(3L);
        for (int i = 0; i < 50; i++) {
            var append = leader.append(i, "value " + i);
            cluster.settle();
            assertThat(append).isCompleted();
        }
        leader.state.checkpoint();
        cluster.pass(2_000);

        cluster.heal();
        cluster.pass(5_000);

        var lagging = cluster.node(3);
        assertThat(lagging.sequenceNumber()).isEqualTo(50);
        assertThat(lagging.log.view().firstIndex())
                .as("begun behind the snapshot")
                .isGreaterThan(2);
        assertThat(lagging.state.contents()).isEqualTo(leader.state.contents());
    }

    @Test
    void a_follower_that_lags_is_stale_until_it_has_caught_up() {
        var cluster = new LogicCluster(3, LIMITS);
        var leader = cluster.awaitLeader();
        var lagging = cluster.node(3);
        cluster.pass(200);
        assertThat(leader.logic.staleMillis()).isZero();
        assertThat(lagging.logic.staleMillis()).isLessThanOrEqualTo(150);

        cluster.cut(3L);
        var append = leader.append(0, "a");
        cluster.pass(5_000);
        assertThat(append).isCompleted();
        assertThat(lagging.logic.staleMillis()).isGreaterThanOrEqualTo(5_000);

        lagging.diskWaits = true;
        cluster.heal();
        cluster.pass(500);
        assertThat(lagging.logic.office().leader()).isEqualTo(1);
        assertThat(lagging.logic.staleMillis())
                .as("it hears the leader, and has not applied what that commits")
                .isGreaterThanOrEqualTo(5_500);

        lagging.diskWaits = false;
        cluster.pass(200);
        assertThat(lagging.sequenceNumber()).isEqualTo(1);
        assertThat(lagging.logic.staleMillis()).isLessThanOrEqualTo(150);
    }

    @Test
    void rows_that_are_being_replaced_are_stale_and_as_old_as_what_was_heard_before_when_they_are_there() {
        var cluster = new LogicCluster(3, TIGHT);
        var leader = cluster.awaitLeader();
        cluster.pass(200);
        cluster.cut(3L);
        for (int i = 0; i < 50; i++) {
            var append = leader.append(i, "value " + i);
            cluster.settle();
            assertThat(append).isCompleted();
        }
        leader.state.checkpoint();
        cluster.pass(2_000);
        var lagging = cluster.node(3);
        assertThat(lagging.logic.staleMillis()).isBetween(2_000L, 2_500L);

        lagging.installWaits = true;
        cluster.heal();
        cluster.pass(5_000);
        assertThat(lagging.logic.staleMillis()).isEqualTo(Long.MAX_VALUE);

        lagging.installWaits = false;
        cluster.settle();
        assertThat(lagging.sequenceNumber()).isEqualTo(50);
        assertThat(lagging.logic.staleMillis())
                .as("of the time since it gave no heed to anybody it knows nothing")
                .isGreaterThanOrEqualTo(4_500);
        cluster.pass(500);
        assertThat(lagging.logic.staleMillis()).isLessThanOrEqualTo(150);
    }

    @Test
    void a_snapshot_is_not_in_vain_though_much_is_appended_while_it_is_installed() {
        var cluster = new LogicCluster(3, TIGHT);
        var leader = cluster.awaitLeader();
        cluster.cut(3L);
        appendAndTruncate(cluster, leader, 0, 50);
        var lagging = cluster.node(3);
        lagging.installWaits = true;
        cluster.heal();
        cluster.pass(500);
        assertThat(lagging.fetches).isEqualTo(1);

        appendAndTruncate(cluster, leader, 50, 90);
        lagging.installWaits = false;
        cluster.pass(500);

        assertThat(lagging.sequenceNumber()).isEqualTo(90);
        assertThat(lagging.fetches).isEqualTo(1);
        leader.state.checkpoint();
        cluster.pass(2_000);
        assertThat(leader.log.view().firstIndex()).as("let go").isGreaterThan(80);
    }

    @Test
    void what_is_kept_for_a_snapshot_is_bounded() {
        var cluster = new LogicCluster(3, TIGHT);
        var leader = cluster.awaitLeader();
        cluster.cut(3L);
        appendAndTruncate(cluster, leader, 0, 50);
        var lagging = cluster.node(3);
        lagging.installWaits = true;
        cluster.heal();
        cluster.pass(500);

        for (int from = 50; from < 300; from += 25) {
            appendAndTruncate(cluster, leader, from, from + 25);
        }
        assertThat(leader.log.view().firstIndex()).isGreaterThan(100);
        lagging.installWaits = false;
        cluster.pass(2_000);
        assertThat(lagging.sequenceNumber()).as("by a second one").isEqualTo(300);

        cluster.cut(3L);
        cluster.pass(1_500);
        appendAndTruncate(cluster, leader, 300, 325);
        assertThat(leader.log.view().firstIndex())
                .as("nothing is kept for one that is gone")
                .isGreaterThan(315);
    }

    private static void appendAndTruncate(LogicCluster cluster, LogicCluster.Node leader, int from, int to) {
        for (int i = from; i < to; i++) {
            var append = leader.append(i, "value " + i);
            cluster.settle();
            assertThat(append).isCompleted();
        }
        leader.state.checkpoint();
        cluster.pass(2_500);
    }

    @Test
    void waiting_for_rows_ends_when_they_are_applied() {
        var cluster = new LogicCluster(1, LIMITS);
        var leader = cluster.awaitLeader();
        var waits = new CompletableFuture<Void>();
        leader.logic.whenApplied(leader.state.appliedIndex() + 1, waits);
        assertThat(waits).isNotDone();

        var append = leader.append(0, "a");
        cluster.settle();

        assertThat(append).isCompleted();
        assertThat(waits).isCompleted();
    }

    @Test
    void leadership_is_handed_over_when_asked_for() {
        var cluster = new LogicCluster(3, LIMITS);
        var leader = cluster.awaitLeader();
        assertThat(leader).isSameAs(cluster.node(1));

        leader.logic.transfer(2);
        cluster.pass(200);

        assertThat(cluster.node(2).logic.office().serving()).isTrue();
        assertThat(leader.logic.office().leader()).isEqualTo(2);
    }

    private static Throwable failure(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        return future.exceptionNow();
    }
}
