package io.murmuration.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.consensus.Message.AppendReply;
import io.murmuration.consensus.Message.Cured;
import io.murmuration.consensus.Message.VoteReply;
import io.murmuration.consensus.Message.VoteRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules 8 and 9 of docs/safety.md. */
class DamageTest {
    private static final long NUMBER = 77;

    @Test
    void a_damaged_replica_grants_no_vote_and_no_consent_and_never_campaigns() {
        var bench = damaged();

        bench.receive(new VoteRequest(2, 1, 2, true, 9, 9, false, 9));
        bench.receive(new VoteRequest(2, 1, 2, false, 9, 9, false, 9));
        bench.pass(10_000);

        assertThat(bench.sent(VoteReply.class)).hasSize(2).noneMatch(VoteReply::granted);
        assertThat(bench.sent(VoteRequest.class)).isEmpty();
    }

    @Test
    void it_says_so_with_every_reply_until_it_is_cured_of_just_this_damage() {
        var bench = damaged();
        bench.receive(bench.append(2, 1, 1, 0));
        assertThat(bench.lastSent(AppendReply.class).damage()).isEqualTo(NUMBER);

        bench.receive(new Cured(2, 1, 2, NUMBER + 1));
        assertThat(bench.raft.damaged()).isTrue();
        bench.receive(new Cured(2, 1, 2, NUMBER));

        assertThat(bench.raft.damaged()).isFalse();
        assertThat(bench.raft.hardState()).as("no second vote in this term").isEqualTo(new HardState(2, 2));
    }

    @Test
    void its_acknowledgements_commit_nothing_and_confirm_no_read() {
        var bench = new Bench().lead();
        bench.step(new Input.Read(1));

        bench.receive(fromDamaged(bench, 2, true));

        assertThat(bench.raft.commitIndex()).isZero();
        assertThat(bench.released).isEmpty();
    }

    @Test
    void it_is_cured_when_it_has_everything_and_every_other_voter_has_answered_since() {
        var bench = new Bench().lead();
        var before = bench.lastRound();
        bench.receive(fromDamaged(bench, 0, false));
        bench.receive(bench.accepted(3, 2, before));
        bench.receive(fromDamaged(bench, 2, true));
        assertThat(bench.sent(Cured.class)).as("node 3 has not answered since").isEmpty();

        bench.receive(bench.accepted(3, 2, bench.lastRound()));
        bench.receive(fromDamaged(bench, 1, true));
        bench.receive(fromDamaged(bench, 2, true));

        assertThat(bench.lastSent(Cured.class)).isEqualTo(new Cured(1, 2, 2, NUMBER));
    }

    @Test
    void what_it_said_before_the_damage_counts_no_more_once_the_damage_is_known() {
        var bench = new Bench().lead();
        var before = bench.lastRound();
        bench.receive(fromDamaged(bench, 0, false));

        bench.receive(bench.accepted(2, 2, before));

        assertThat(bench.raft.commitIndex()).isZero();
    }

    @Test
    void two_damaged_of_three_are_not_cured_by_each_other() {
        var bench = new Bench().lead();
        bench.receive(fromDamaged(bench, 0, false));
        bench.receive(new AppendReply(3, 1, 2, false, 0, 0, bench.lastRound(), NUMBER + 5));

        bench.receive(new AppendReply(3, 1, 2, true, 2, 0, bench.lastRound(), NUMBER + 5));
        bench.receive(fromDamaged(bench, 2, true));
        bench.receive(new AppendReply(3, 1, 2, true, 2, 0, bench.lastRound(), NUMBER + 5));

        assertThat(bench.sent(Cured.class)).isEmpty();
    }

    private static Bench damaged() {
        return new Bench(Bench.THREE, HardState.NEW, NUMBER, List.of());
    }

    private static AppendReply fromDamaged(Bench bench, long match, boolean accepted) {
        return new AppendReply(2, 1, 2, accepted, match, 0, bench.lastRound(), NUMBER);
    }

    /**
     * Rule 9 (c): a candidate that loses its disk and is cured in the term before may be a candidate of the same term again. A vote that was given to its first life
     * arrives late, when the voter has forgotten it too and elected another.
     */
    @Test
    void a_cured_candidate_does_not_win_by_votes_of_its_life_before() {
        var voters = Voters.of(List.of(1L, 2L, 3L, 4L, 5L));
        var candidate = new Bench(voters, HardState.NEW, NUMBER, List.of());
        candidate.receive(candidate.append(5, 1, 1, 0));
        candidate.receive(new Cured(2, 1, 5, NUMBER));
        candidate.receive(new Message.CampaignNow(2, 1, 5));
        assertThat(candidate.raft.hardState()).isEqualTo(new HardState(6, 1));
        candidate.receive(new VoteReply(2, 1, 6, false, true, Bench.LIFE));

        candidate.receive(new VoteReply(5, 1, 6, false, true, Bench.LIFE + 1));

        assertThat(candidate.raft.office().role()).isEqualTo(Effects.Role.CANDIDATE);
    }
}
