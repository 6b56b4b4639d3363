package io.murmuration.consensus;

import static io.murmuration.consensus.Bench.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.consensus.Message.VoteReply;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshnessTest {
    @Test
    void rows_are_as_old_as_the_newest_word_of_a_leader_of_which_everything_is_applied() {
        var bench = new Bench();
        bench.receive(bench.append(2, 1, 1, 2, entry(2, 2)));
        assertThat(bench.staleMillis()).as("nothing was ever known to be fresh").isEqualTo(Long.MAX_VALUE);

        bench.pass(100);
        bench.receive(bench.append(2, 2, 2, 3, entry(3, 2)));
        bench.pass(100);
        bench.step(new Input.Applied(2));
        assertThat(bench.staleMillis()).as("entry 3 is missing").isEqualTo(200);

        bench.step(new Input.Applied(3));
        assertThat(bench.staleMillis()).isEqualTo(100);
        bench.receive(bench.append(2, 3, 2, 3));
        assertThat(bench.staleMillis()).isZero();
        bench.pass(3_600_000);
        assertThat(bench.staleMillis()).isEqualTo(3_600_000);
    }

    @Test
    void a_replica_that_cannot_take_what_it_hears_is_not_fresh() {
        var bench = new Bench();
        bench.receive(bench.append(2, 9, 2, 0));
        assertThat(bench.staleMillis())
                .as("a fresh leader does not know yet what is committed")
                .isEqualTo(Long.MAX_VALUE);

        bench.receive(bench.append(2, 1, 1, 0));
        assertThat(bench.staleMillis())
                .as("nor does it when it asks further back")
                .isEqualTo(Long.MAX_VALUE);

        bench.receive(bench.append(3, 1, 1, 1));
        bench.step(new Input.Applied(1));
        assertThat(bench.staleMillis()).as("the next leader has no entry 9").isZero();
    }

    @Test
    void an_offered_snapshot_does_not_say_what_is_committed() {
        var bench = new Bench();
        bench.receive(new Message.SnapshotOffer(2, 1, 2, 9, 2, 1));
        bench.view.reset(9, 2);
        bench.step(new Input.SnapshotInstalled(9, 2, Bench.THREE));

        assertThat(bench.staleMillis()).isEqualTo(Long.MAX_VALUE);
        bench.receive(bench.append(2, 9, 2, 9));
        assertThat(bench.staleMillis()).isZero();
    }

    @Test
    void damaged_rows_are_never_fresh() {
        var bench = new Bench(Bench.THREE, HardState.NEW, 77, List.of());
        bench.receive(bench.append(2, 1, 1, 1));
        bench.step(new Input.Applied(1));
        assertThat(bench.staleMillis()).isEqualTo(Long.MAX_VALUE);

        bench.receive(new Message.Cured(2, 1, 2, 77));
        assertThat(bench.staleMillis()).isZero();
    }

    @Test
    void the_rows_of_a_leader_are_fresh_once_it_serves_and_age_when_it_leads_no_more() {
        var bench = new Bench().lead();
        assertThat(bench.staleMillis()).isEqualTo(Long.MAX_VALUE);
        bench.agree();
        bench.pass(500);
        assertThat(bench.staleMillis()).isZero();

        bench.receive(new VoteReply(2, 1, 9, true, false, Bench.LIFE));
        assertThat(bench.staleMillis()).as("others may have committed since").isEqualTo(1_000);
    }

    @Test
    void few_moments_are_remembered_and_rows_never_seem_newer_for_that() {
        var freshness = new Freshness(0);
        for (var at = 1; at <= 10_000; at++) {
            freshness.heard(1, at, at);
        }

        for (var index = 1; index <= 10_000; index++) {
            freshness.applied(index);
            assertThat(freshness.staleMillis(10_000)).isGreaterThanOrEqualTo(10_000 - index);
        }
        assertThat(freshness.staleMillis(10_000)).isZero();
    }
}
