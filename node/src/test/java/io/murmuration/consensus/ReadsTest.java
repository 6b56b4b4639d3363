package io.murmuration.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Dissertation, section 6.4. */
class ReadsTest {
    @Test
    void a_read_is_released_by_answers_to_a_round_that_began_after_it() {
        var bench = new Bench().lead();
        bench.agree();
        var before = bench.lastRound();

        bench.step(new Input.Read(7));
        bench.receive(bench.accepted(2, 2, before));
        assertThat(bench.released).isEmpty();
        bench.receive(bench.accepted(2, 2, before + 1));

        assertThat(bench.released).containsExactly(new Effects.ReadReleased(7, 2));
    }

    @Test
    void reads_that_come_during_a_round_share_the_next() {
        var bench = new Bench().lead();
        bench.agree();
        bench.step(new Input.Read(1));
        var first = bench.lastRound();
        bench.step(new Input.Read(2));
        bench.step(new Input.Read(3));
        assertThat(bench.lastRound()).isEqualTo(first);

        bench.receive(bench.accepted(3, 2, first));
        assertThat(bench.released).extracting(Effects.ReadReleased::readId).containsExactly(1L);
        bench.receive(bench.accepted(2, 2, first + 1));

        assertThat(bench.released).extracting(Effects.ReadReleased::readId).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_fresh_leader_answers_reads_only_behind_the_entry_that_opened_its_term() {
        var bench = new Bench().lead();

        bench.step(new Input.Read(7));
        bench.receive(bench.accepted(2, 0, bench.lastRound()));

        assertThat(bench.released).containsExactly(new Effects.ReadReleased(7, 2));
        assertThat(bench.raft.commitIndex()).isZero();
    }

    @Test
    void who_does_not_lead_or_no_longer_leads_refuses() {
        var bench = new Bench();
        bench.step(new Input.Read(1));
        bench.lead();
        bench.step(new Input.Read(2));

        bench.receive(bench.append(9, 1, 1, 1));

        assertThat(bench.refused).containsExactly(1L, 2L);
        assertThat(bench.released).isEmpty();
    }

    @Test
    void a_group_of_one_asks_nobody() {
        var bench = new Bench(Voters.of(List.of(1L)), HardState.NEW, 0, List.of());

        bench.step(new Input.Read(1));

        assertThat(bench.released).containsExactly(new Effects.ReadReleased(1, 2));
    }
}
