package io.murmuration.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {
    @Test
    void every_acknowledged_put_must_be_there() {
        var ledger = new PutLedger();
        ledger.acknowledged("a");
        ledger.acknowledged("b");
        ledger.unknown("c");

        assertThat(ledger.against(Set.of("a", "b"))).isEqualTo(new Tally(3, 2, 1, 2, 0, 0));
        assertThat(ledger.against(Set.of("a", "b", "c"))).isEqualTo(new Tally(3, 2, 1, 3, 0, 0));
        assertThat(ledger.against(Set.of("a", "c"))).isEqualTo(new Tally(3, 2, 1, 2, 1, 0));
    }

    @Test
    void a_put_that_nobody_made_is_too_much() {
        assertThat(new PutLedger().against(Set.of("a"))).isEqualTo(new Tally(0, 0, 0, 0, 0, 1));
    }

    @ParameterizedTest
    @CsvSource({"1,1,0", "2,0,0", "3,0,0", "4,0,0", "5,0,1"})
    void a_counter_lies_between_what_was_acknowledged_and_what_may_have_been_done(long value, long lost, long doubled) {
        var ledger = new CounterLedger();
        ledger.acknowledged();
        ledger.acknowledged();
        ledger.unknown();
        ledger.unknown();
        ledger.notDone();

        var tally = ledger.against(value);

        assertThat(tally.written()).isEqualTo(5);
        assertThat(tally.acknowledged()).isEqualTo(2);
        assertThat(tally.unknown()).isEqualTo(2);
        assertThat(tally.lost()).isEqualTo(lost);
        assertThat(tally.doubled()).isEqualTo(doubled);
    }

    @Test
    void a_revision_must_be_the_last_acknowledged() {
        var ledger = new RevisionLedger();
        ledger.begun();
        ledger.acknowledged();
        ledger.begun();
        ledger.acknowledged();

        assertThat(ledger.against(2)).isEqualTo(new Tally(2, 2, 0, 2, 0, 0));
        assertThat(ledger.against(1)).isEqualTo(new Tally(2, 2, 0, 1, 1, 0));
        assertThat(ledger.against(3)).isEqualTo(new Tally(2, 2, 0, 2, 0, 1));
    }

    @Test
    void an_update_of_unknown_outcome_that_is_found_done_is_gone_on_from() {
        var ledger = new RevisionLedger();
        ledger.begun();
        ledger.read(1);

        assertThat(ledger.known()).isEqualTo(1);
        assertThat(ledger.against(1)).isEqualTo(new Tally(1, 0, 1, 1, 0, 0));
        assertThat(ledger.against(0).lost()).isEqualTo(1);
    }

    @Test
    void an_update_of_unknown_outcome_may_still_come_until_a_later_one_is_acknowledged() {
        var ledger = new RevisionLedger();
        ledger.begun();
        ledger.read(0);
        assertThat(ledger.against(1)).isEqualTo(new Tally(1, 0, 1, 1, 0, 0));

        ledger.begun();
        ledger.acknowledged();
        assertThat(ledger.against(2).doubled()).isEqualTo(1);
    }

    @Test
    void the_claim_is_that_nothing_is_lost_and_nothing_done_twice() {
        var good = new Tally(3, 2, 1, 3, 0, 0);

        assertThat(Tally.sum(List.of(good, good))).isEqualTo(new Tally(6, 4, 2, 6, 0, 0));
        assertThat(good.holds()).isTrue();
        assertThat(new Tally(3, 2, 1, 1, 1, 0).holds()).isFalse();
        assertThat(new Tally(3, 2, 1, 3, 0, 1).holds()).isFalse();
    }

    @Test
    void the_longest_pause_is_between_two_successes_or_lasts_still() {
        var pauses = new PauseState(0);
        pauses.progressed(10);
        pauses.progressed(40);
        pauses.progressed(45);

        assertThat(pauses.longest(50)).hasNanos(30);
        assertThat(pauses.longest(100)).hasNanos(55);
    }

    @Test
    void a_watched_writer_is_judged_by_what_comes_after() {
        var pauses = new PauseState(0);
        pauses.progressed(100);

        pauses.watch();
        assertThat(pauses.watchedSuccesses()).isZero();
        assertThat(pauses.watchedPause(120)).hasNanos(20);

        pauses.progressed(130);
        pauses.progressed(135);
        assertThat(pauses.watchedSuccesses()).isEqualTo(2);
        assertThat(pauses.watchedPause(140)).hasNanos(30);
        assertThat(pauses.longest(140)).hasNanos(100);
    }
}
