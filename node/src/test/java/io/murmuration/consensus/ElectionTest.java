package io.murmuration.consensus;

import static io.murmuration.consensus.Bench.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.consensus.Effects.Role;
import io.murmuration.consensus.Message.VoteReply;
import io.murmuration.consensus.Message.VoteRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Dissertation, sections 3.4, 3.6.1, 4.2.3, 6.2, 9.6 and 3.10. */
class ElectionTest {
    @Test
    void a_replica_that_hears_nothing_first_asks_whether_it_would_be_elected_and_keeps_its_term() {
        var bench = new Bench();

        bench.pass(2_000);

        assertThat(bench.sent(VoteRequest.class)).hasSize(2).allMatch(VoteRequest::pre);
        assertThat(bench.raft.hardState().term()).isEqualTo(1);
    }

    @Test
    void with_consent_it_votes_for_itself_in_the_next_term_and_asks_only_once_that_is_durable() {
        var bench = new Bench().withSlowDisk();
        bench.pass(2_000);
        bench.sync();
        bench.sent.clear();

        bench.receive(new VoteReply(2, 1, 2, true, true, Bench.LIFE));

        assertThat(bench.last.hardState()).isEqualTo(new HardState(2, 1));
        assertThat(bench.sent).isEmpty();
        bench.sync();
        assertThat(bench.sent(VoteRequest.class)).hasSize(2).noneMatch(VoteRequest::pre);
    }

    @Test
    void a_majority_makes_a_leader_that_opens_its_term_with_an_empty_entry_and_serves_once_it_is_applied() {
        var bench = new Bench().lead();

        assertThat(bench.raft.office()).isEqualTo(new Effects.Office(Role.LEADER, 2, 1, false));
        assertThat(bench.raft.term(2)).isEqualTo(2);
        bench.agree();
        assertThat(bench.raft.office().serving()).isTrue();
    }

    @Test
    void votes_of_an_earlier_term_and_consents_do_not_count_as_votes() {
        var bench = new Bench();
        bench.pass(2_000);
        bench.receive(new VoteReply(2, 1, 2, true, true, Bench.LIFE));

        bench.receive(new VoteReply(2, 1, 2, true, true, Bench.LIFE));
        bench.receive(new VoteReply(3, 1, 1, false, true, Bench.LIFE));

        assertThat(bench.raft.office().role()).isEqualTo(Role.CANDIDATE);
    }

    @Test
    void one_vote_a_term_goes_to_the_first_who_asks_and_leaves_when_it_is_durable() {
        var bench = new Bench().withSlowDisk();

        bench.receive(new VoteRequest(2, 1, 2, false, 1, 1, false, 9));
        bench.receive(new VoteRequest(3, 1, 2, false, 1, 1, false, 9));
        assertThat(bench.sent).isEmpty();
        bench.sync();

        assertThat(bench.sent(VoteReply.class))
                .containsExactly(new VoteReply(1, 2, 2, false, true, 9), new VoteReply(1, 3, 2, false, false, 9));
    }

    @Test
    void a_vote_survives_a_restart() {
        var bench = new Bench(Bench.THREE, new HardState(2, 2), 0, List.of());

        bench.receive(new VoteRequest(3, 1, 2, false, 1, 1, false, 9));

        assertThat(bench.lastSent(VoteReply.class).granted()).isFalse();
    }

    @Test
    void no_vote_goes_to_one_whose_log_is_behind() {
        var bench = new Bench(Bench.THREE, new HardState(2, 0), 0, List.of(entry(2, 2)));

        bench.receive(new VoteRequest(2, 1, 3, false, 5, 1, false, 9));
        bench.receive(new VoteRequest(3, 1, 3, false, 1, 1, false, 9));

        assertThat(bench.sent(VoteReply.class)).hasSize(2).noneMatch(VoteReply::granted);
    }

    @Test
    void who_hears_a_leader_ignores_candidates_unless_the_leader_sent_them() {
        var bench = new Bench();
        bench.receive(bench.append(2, 1, 1, 1));

        bench.receive(new VoteRequest(3, 1, 9, false, 9, 9, false, 9));
        assertThat(bench.raft.hardState().term()).isEqualTo(2);
        bench.receive(new VoteRequest(3, 1, 3, true, 9, 9, false, 9));
        assertThat(bench.lastSent(VoteReply.class).granted()).isFalse();

        bench.receive(new VoteRequest(3, 1, 3, false, 9, 9, true, 9));
        assertThat(bench.lastSent(VoteReply.class)).isEqualTo(new VoteReply(1, 3, 3, false, true, 9));
    }

    @Test
    void a_leader_without_a_majority_steps_down_after_an_election_timeout() {
        var bench = new Bench().lead();

        bench.pass(999);
        assertThat(bench.raft.office().role()).isEqualTo(Role.LEADER);
        bench.pass(1);
        assertThat(bench.raft.office().role()).isEqualTo(Role.FOLLOWER);
    }

    @Test
    void a_group_of_one_leads_at_its_first_tick_and_serves_once_its_disk_has_it() {
        var bench = new Bench(Voters.of(List.of(1L)), HardState.NEW, 0, List.of());

        assertThat(bench.raft.office().role()).isEqualTo(Role.LEADER);
        assertThat(bench.raft.commitIndex()).isEqualTo(2);
    }

    @Test
    void a_learner_never_campaigns() {
        var voters = new Voters(
                Voters.of(List.of(2L, 3L)).voters(), Voters.of(List.of(1L)).voters());
        var bench = new Bench(voters, HardState.NEW, 0, List.of());

        bench.pass(10_000);

        assertThat(bench.sent).isEmpty();
    }

    @Test
    void told_to_campaign_it_does_so_at_once_without_asking_first() {
        var bench = new Bench();
        bench.receive(bench.append(2, 1, 1, 1));

        bench.receive(new Message.CampaignNow(2, 1, 2));

        assertThat(bench.lastSent(VoteRequest.class))
                .isEqualTo(new VoteRequest(1, 3, 3, false, 1, 1, true, Bench.LIFE));
    }

    @Test
    void a_leader_hands_over_to_one_that_has_everything_and_takes_no_proposal_meanwhile() {
        var bench = new Bench().lead();
        bench.agree();

        bench.step(new Input.Transfer(2));

        assertThat(bench.sent(Message.CampaignNow.class)).containsExactly(new Message.CampaignNow(1, 2, 2));
        var proposed = bench.step(new Input.Propose(List.of(new byte[1]))).proposed();
        assertThat(proposed).isEqualTo(Effects.Proposed.refused(2));
    }

    @Test
    void whoever_loses_the_connection_to_its_leader_asks_at_once_if_it_is_its_turn() {
        var turns = new java.util.ArrayList<Long>();
        for (long term = 2; term <= 3; term++) {
            var bench = new Bench();
            bench.receive(bench.append(term, 1, 1, 0));
            bench.sent.clear();
            bench.step(new Input.Lost(3));
            bench.pass(1);
            assertThat(bench.sent(VoteRequest.class)).as("it follows another").isEmpty();

            bench.step(new Input.Lost(2));
            bench.pass(1);
            turns.add((long) bench.sent(VoteRequest.class).size());
            bench.pass(2 * 150);
            assertThat(bench.sent(VoteRequest.class)).as("after two heartbeats").isNotEmpty();
        }

        assertThat(turns).as("the first turn changes with the term").containsExactlyInAnyOrder(0L, 2L);
    }

    @Test
    void consent_is_given_by_whoever_lost_the_leader_too_and_refused_by_whoever_hears_it() {
        var bench = new Bench();
        bench.receive(bench.append(2, 1, 1, 0));
        var request = new VoteRequest(3, 1, 3, true, 1, 1, false, 9);

        bench.receive(request);
        assertThat(bench.lastSent(VoteReply.class).granted()).isFalse();
        bench.step(new Input.Lost(2));
        bench.receive(request);
        assertThat(bench.lastSent(VoteReply.class).granted()).isTrue();
        bench.receive(bench.append(2, 1, 1, 0));
        bench.receive(request);
        assertThat(bench.lastSent(VoteReply.class).granted())
                .as("the alarm was false")
                .isFalse();
    }

    @Test
    void votes_may_take_their_time_after_a_hurried_consent() {
        var bench = new Bench();
        bench.receive(bench.append(2, 1, 1, 0));
        bench.step(new Input.Lost(2));
        bench.pass(300);
        bench.receive(new VoteReply(3, 1, 3, true, true, Bench.LIFE));
        assertThat(bench.raft.office().role()).isEqualTo(Role.CANDIDATE);

        bench.pass(500);
        bench.receive(new VoteReply(3, 1, 3, false, true, Bench.LIFE));

        assertThat(bench.raft.office().role()).isEqualTo(Role.LEADER);
    }

    @Test
    void a_vote_that_was_given_to_an_earlier_life_does_not_count() {
        var bench = new Bench();
        bench.pass(2_000);
        bench.receive(new VoteReply(2, 1, 2, true, true, Bench.LIFE));

        bench.receive(new VoteReply(2, 1, 2, false, true, Bench.LIFE - 1));

        assertThat(bench.raft.office().role()).isEqualTo(Role.CANDIDATE);
    }

    @Test
    void a_leader_whose_disk_stands_still_steps_down_though_it_is_heard() {
        var bench = new Bench().lead();
        bench.agree();
        bench.withSlowDisk();
        bench.step(new Input.Propose(java.util.List.of(new byte[] {1})));

        for (var at = 0; at < 1_900; at += 50) {
            bench.pass(50);
            bench.receive(bench.accepted(2, bench.raft.lastIndex(), bench.lastRound()));
        }
        assertThat(bench.raft.office().role()).isEqualTo(Role.LEADER);
        for (var at = 0; at < 200; at += 50) {
            bench.receive(bench.accepted(2, bench.raft.lastIndex(), bench.lastRound()));
            bench.pass(50);
        }
        assertThat(bench.raft.office().role()).isEqualTo(Role.FOLLOWER);
    }
}
