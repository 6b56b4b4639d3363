package io.murmuration.consensus;

import static io.murmuration.consensus.Bench.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.consensus.Message.Append;
import io.murmuration.consensus.Message.AppendReply;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dissertation, sections 3.5, 3.6.2, 4.1, 10.2.1 and chapter 5. */
class ReplicationTest {
    @Test
    void a_follower_acknowledges_only_what_is_durable() {
        var bench = new Bench().withSlowDisk();

        bench.receive(bench.append(2, 1, 1, 0, entry(2, 2)));
        assertThat(bench.sent).isEmpty();
        bench.sync();

        assertThat(bench.lastSent(AppendReply.class)).isEqualTo(new AppendReply(1, 2, 2, true, 2, 0, 1, 0));
    }

    @Test
    void a_heartbeat_is_answered_at_once_by_what_is_durable_so_far() {
        var bench = new Bench();
        bench.receive(bench.append(2, 1, 1, 0));
        bench.withSlowDisk();
        bench.receive(bench.append(2, 1, 1, 0, entry(2, 2)));
        bench.sent.clear();

        bench.receive(bench.append(2, 2, 2, 0));

        assertThat(bench.lastSent(AppendReply.class).matchIndex()).isEqualTo(1);
    }

    @Test
    void what_is_committed_is_applied_only_once_it_is_durable_here() {
        var bench = new Bench().withSlowDisk();

        bench.receive(bench.append(2, 1, 1, 2, entry(2, 2)));
        assertThat(bench.last.commitIndex()).isEqualTo(1);
        bench.sync();

        assertThat(bench.last.commitIndex()).isEqualTo(2);
    }

    @Test
    void a_conflict_is_overwritten_and_a_doubled_message_changes_nothing() {
        var bench = new Bench(Bench.THREE, new HardState(2, 0), 0, List.of(entry(2, 2), entry(3, 2)));
        var append = bench.append(3, 1, 1, 0, entry(2, 3));

        assertThat(bench.receive(append).append()).containsExactly(entry(2, 3));
        assertThat(bench.raft.lastIndex()).isEqualTo(2);
        bench.step(new Input.Received(append));

        assertThat(bench.raft.lastIndex()).isEqualTo(2);
        assertThat(bench.view.lastIndex()).isEqualTo(2);
    }

    @Test
    void an_older_append_that_comes_late_takes_nothing_away() {
        var bench = new Bench();
        bench.receive(bench.append(2, 1, 1, 0, entry(2, 2), entry(3, 2)));

        bench.receive(bench.append(2, 1, 1, 0, entry(2, 2)));

        assertThat(bench.raft.lastIndex()).isEqualTo(3);
    }

    @Test
    void a_refusal_skips_a_whole_term_at_a_time() {
        var bench = new Bench(
                Bench.THREE, new HardState(3, 0), 0, List.of(entry(2, 2), entry(3, 3), entry(4, 3), entry(5, 3)));

        bench.receive(bench.append(4, 5, 2, 0));

        assertThat(bench.lastSent(AppendReply.class)).isEqualTo(new AppendReply(1, 2, 4, false, 2, 2, 1, 0));
    }

    @Test
    void committed_entries_are_never_overwritten() {
        var bench = new Bench();
        bench.receive(bench.append(2, 1, 1, 2, entry(2, 2)));

        bench.receive(bench.append(3, 1, 1, 0, entry(2, 3)));

        assertThat(bench.raft.term(2)).isEqualTo(2);
    }

    @Test
    void a_leader_sends_before_it_has_written_and_counts_itself_only_after() {
        var bench = new Bench().lead();
        bench.agree();
        bench.withSlowDisk();

        bench.step(new Input.Propose(List.of(new byte[] {7})));
        assertThat(bench.lastSent(Append.class).entries()).hasSize(1);
        bench.receive(bench.accepted(2, 3, 1));
        assertThat(bench.raft.commitIndex()).isEqualTo(2);
        bench.sync();

        assertThat(bench.raft.commitIndex()).isEqualTo(3);
    }

    @Test
    void an_entry_of_an_earlier_term_is_committed_only_with_one_of_the_leaders_own() {
        var bench = new Bench(Bench.THREE, new HardState(2, 0), 0, List.of(entry(2, 2))).lead();

        bench.receive(bench.accepted(2, 2, 1));
        assertThat(bench.raft.commitIndex()).isZero();
        bench.receive(bench.accepted(2, 3, 1));

        assertThat(bench.raft.commitIndex()).isEqualTo(3);
    }

    @Test
    void appends_run_ahead_of_their_answers_up_to_a_bound() {
        var bench = new Bench().lead();
        bench.agree();
        bench.sent.clear();

        for (var i = 0; i < 20; i++) {
            bench.step(new Input.Propose(List.of(new byte[1])));
        }

        assertThat(bench.sent(Append.class).stream().filter(append -> append.to() == 2))
                .hasSize(RaftOptions.defaults(1).inFlightAppendsMax());
    }

    @Test
    void appends_of_large_entries_run_ahead_in_bytes_and_one_may_exceed_the_bound() {
        var options = RaftOptions.defaults(1);
        var bench = new Bench().lead();
        bench.agree();
        bench.sent.clear();
        var half = new byte[options.appendBytesMax() * options.inFlightAppendsMax() / 2 - 1];

        for (var i = 0; i < 4; i++) {
            bench.step(new Input.Propose(List.of(half)));
        }
        assertThat(bench.sent(Append.class).stream().filter(append -> append.to() == 2))
                .hasSize(2);

        bench.receive(bench.accepted(2, bench.raft.lastIndex() - 3, 1));
        assertThat(bench.sent(Append.class).stream().filter(append -> append.to() == 2))
                .hasSize(3);
        var larger = new Bench().lead();
        larger.agree();
        larger.sent.clear();
        larger.step(new Input.Propose(List.of(new byte[2 * half.length + options.appendBytesMax()])));
        larger.step(new Input.Propose(List.of(new byte[1])));
        assertThat(larger.sent(Append.class).stream().filter(append -> append.to() == 2))
                .hasSize(1);
    }

    @Test
    void a_follower_that_lacks_what_is_truncated_is_offered_the_state() {
        var bench = new Bench().lead();
        bench.agree();
        bench.view.truncate(2);

        bench.receive(new AppendReply(3, 1, 2, false, 0, 0, 1, 0));

        assertThat(bench.lastSent(Message.SnapshotOffer.class))
                .isEqualTo(new Message.SnapshotOffer(1, 3, 2, 2, 2, bench.lastRound()));
    }

    @Test
    void an_offered_state_is_fetched_installed_and_reported() {
        var bench = new Bench();
        var effects = bench.receive(new Message.SnapshotOffer(2, 1, 5, 10, 4, 3));
        assertThat(effects.fetch()).isEqualTo(new Effects.Fetch(2, 10, 4));
        assertThat(bench.raft.mayInstall(10, 4)).isTrue();

        bench.view.reset(12, 5);
        bench.step(new Input.SnapshotInstalled(12, 5, Bench.THREE));

        assertThat(bench.raft.commitIndex()).isEqualTo(12);
        assertThat(bench.lastSent(AppendReply.class)).isEqualTo(new AppendReply(1, 2, 5, true, 12, 0, 3, 0));
    }

    @Test
    void a_state_that_holds_nothing_new_may_not_replace_the_log() {
        var bench = new Bench(Bench.THREE, new HardState(2, 0), 0, List.of(entry(2, 2), entry(3, 2)));

        assertThat(bench.raft.mayInstall(2, 2)).isFalse();
        assertThatThrownBy(() -> bench.step(new Input.SnapshotInstalled(2, 2, Bench.THREE)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_voter_set_is_in_force_once_appended_and_no_longer_once_overwritten() {
        var bench = new Bench();
        var two = Voters.of(List.of(1L, 2L));
        bench.receive(bench.append(2, 1, 1, 0, new Entry(2, 2, Entry.Kind.VOTERS, VotersCodec.encode(two))));
        assertThat(bench.raft.voters()).isEqualTo(two);

        bench.receive(bench.append(3, 1, 1, 0, entry(2, 3)));

        assertThat(bench.raft.voters()).isEqualTo(Bench.THREE);
    }

    @Test
    void a_bounded_number_of_entries_waits_to_be_committed() {
        var bench = new Bench().lead();
        var many = java.util.Collections.nCopies(RaftOptions.defaults(1).uncommittedMax(), new byte[0]);

        assertThat(bench.step(new Input.Propose(many)).proposed()).isEqualTo(Effects.Proposed.full(2));
    }

    @Test
    void an_answer_that_matches_more_than_this_leader_has_is_that_of_a_newer_leaders_follower() {
        var bench = new Bench().lead();

        bench.receive(bench.accepted(2, 99, bench.lastRound()));

        assertThat(bench.raft.commitIndex()).isZero();
        assertThat(bench.raft.office().role()).isEqualTo(Effects.Role.LEADER);
    }

    @Test
    void what_a_later_term_committed_is_not_confirmed_to_the_leader_of_an_earlier_one() {
        var bench = new Bench();
        bench.receive(new Message.SnapshotOffer(2, 1, 2, 5, 2, 1));
        bench.sent.clear();
        bench.view.reset(9, 3);
        bench.step(new Input.SnapshotInstalled(9, 3, Bench.THREE));

        assertThat(bench.sent).isEmpty();
    }

    @Test
    void a_snapshot_may_end_where_the_log_ends_that_it_replaces() {
        var bench = new Bench(Bench.THREE, new HardState(2, 0), 0, List.of(entry(2, 2)));
        bench.receive(new Message.SnapshotOffer(2, 1, 3, 2, 3, 1));
        assertThat(bench.raft.mayInstall(2, 3)).isTrue();

        // The shell resets the log before it tells the core (simulation, seed 13846).
        bench.view.reset(2, 3);
        bench.step(new Input.SnapshotInstalled(2, 3, Bench.THREE));

        assertThat(bench.raft.commitIndex()).isEqualTo(2);
        assertThat(bench.raft.term(2)).isEqualTo(3);
    }

    @Test
    void what_the_others_committed_counts_as_waiting_until_it_is_durable_here() {
        var bench = new Bench().lead();
        bench.agree();
        bench.withSlowDisk();
        var most = RaftOptions.defaults(1).uncommittedMax();
        assertThat(propose(bench, most, 0)).isEqualTo(3);
        bench.receive(bench.accepted(2, bench.raft.lastIndex(), bench.lastRound()));
        bench.receive(bench.accepted(3, bench.raft.lastIndex(), bench.lastRound()));
        assertThat(bench.raft.commitIndex()).isEqualTo(bench.raft.lastIndex());

        assertThat(propose(bench, 1, 0)).isZero();
        bench.sync();
        assertThat(propose(bench, 1, 0)).isPositive();
    }

    @Test
    void the_bytes_that_wait_are_bounded_too() {
        var bench = new Bench().lead();
        bench.agree();
        bench.withSlowDisk();
        var half = (int) (RaftOptions.defaults(1).uncommittedBytesMax() / 2);

        assertThat(propose(bench, 2, half)).isPositive();
        assertThat(propose(bench, 1, 1)).isZero();
        bench.sync();
        assertThat(propose(bench, 1, 1)).as("durable and not committed").isZero();
        bench.receive(bench.accepted(2, bench.raft.lastIndex(), bench.lastRound()));
        assertThat(propose(bench, 3, half)).as("alone it passes").isPositive();
    }

    /** The index of the first, 0 if refused. */
    private static long propose(Bench bench, int count, int bytes) {
        var payloads = java.util.Collections.nCopies(count, new byte[bytes]);
        var proposed = bench.step(new Input.Propose(payloads)).proposed();
        return java.util.Objects.requireNonNull(proposed).firstIndex();
    }
}
