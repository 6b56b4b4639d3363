package io.murmuration.cluster.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.cluster.membership.MembershipRules.Action;
import io.murmuration.cluster.membership.MembershipRules.Standing;
import io.murmuration.cluster.membership.MembershipRules.View;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MembershipRulesTest {
    private static final MemberReport OUT = new MemberReport("c", false, Set.of());

    @Test
    void the_leader_forms_a_cluster_once_it_knows_that_nobody_it_hears_is_in_one() {
        assertThat(next(2, Standing.OUT, Map.of(1L, 0L, 3L, 0L), Map.of(3L, OUT), 0))
                .isEmpty();
        assertThat(next(2, Standing.OUT, Map.of(1L, Long.MAX_VALUE, 3L, 0L), Map.of(3L, OUT), 0))
                .contains(new Action.Form());
        assertThat(next(2, Standing.OUT, Map.of(1L, Long.MAX_VALUE, 3L, 0L), Map.of(3L, in("c", "c", "a")), 0))
                .contains(new Action.Join("c"));
    }

    @Test
    void others_join_the_leader_and_form_nothing() {
        assertThat(next(3, Standing.OUT, Map.of(1L, 0L, 3L, 0L), Map.of(1L, OUT, 3L, OUT), 0))
                .isEmpty();
        assertThat(next(0, Standing.OUT, Map.of(1L, 0L, 3L, 0L), Map.of(1L, OUT, 3L, OUT), 0))
                .isEmpty();
        assertThat(next(3, Standing.OUT, Map.of(1L, 0L, 3L, 0L), Map.of(1L, in("a", "a"), 3L, in("c", "c")), 0))
                .contains(new Action.Join("c"));
    }

    @Test
    void the_leader_takes_out_whoever_is_silent_or_another_process_by_now() {
        var members = Map.of("a", 1L, "c", 3L);
        assertThat(next(2, members, Map.of(1L, 0L, 3L, 0L), Map.of(1L, in("a", "a", "b", "c"))))
                .isEmpty();
        assertThat(next(2, members, Map.of(1L, 0L, 3L, 15_001L), Map.of())).contains(new Action.TakeOut(Set.of("c")));
        assertThat(next(2, members, Map.of(1L, 0L, 3L, 0L), Map.of(1L, new MemberReport("a2", false, Set.of()))))
                .contains(new Action.TakeOut(Set.of("a")));
        assertThat(MembershipRules.next(new View(
                        2, 2, Standing.IN, Map.of(1L, 0L, 3L, 1_001L), Map.of(3L, 1_001L), Map.of(), members, 0)))
                .contains(new Action.TakeOut(Set.of("c")));
        assertThat(next(3, members, Map.of(1L, Long.MAX_VALUE, 3L, 0L), Map.of()))
                .isEmpty();
    }

    @Test
    void a_member_that_the_leader_does_not_have_for_long_starts_again() {
        var reports = Map.of(3L, in("c", "a", "c"));
        assertThat(next(3, Standing.IN, Map.of(1L, 0L, 3L, 0L), reports, 5_000)).isEmpty();
        assertThat(next(3, Standing.IN, Map.of(1L, 0L, 3L, 0L), reports, 5_001)).contains(new Action.StartAgain());
        assertThat(next(3, Standing.GONE, Map.of(), Map.of(), 0)).contains(new Action.StartAgain());
        assertThat(MembershipRules.isAside(view(3, Standing.IN, Map.of(), reports, Map.of(), 0), "b"))
                .isTrue();
        assertThat(MembershipRules.isAside(view(3, Standing.IN, Map.of(), reports, Map.of(), 0), "a"))
                .isFalse();
        assertThat(MembershipRules.isAside(view(3, Standing.IN, Map.of(), Map.of(3L, OUT), Map.of(), 0), "b"))
                .isFalse();
    }

    @Test
    void a_report_survives_the_wire() {
        var report = in("pekko://murmuration@127.0.0.1:4001", "x", "y");
        assertThat(MemberReport.decode(report.encode())).isEqualTo(report);
    }

    private static MemberReport in(String address, String... members) {
        return new MemberReport(address, true, Set.of(members));
    }

    private static Optional<Action> next(
            long leader, Standing standing, Map<Long, Long> silent, Map<Long, MemberReport> reports, long aside) {
        return MembershipRules.next(view(leader, standing, silent, reports, Map.of(), aside));
    }

    private static Optional<Action> next(
            long leader, Map<String, Long> members, Map<Long, Long> silent, Map<Long, MemberReport> reports) {
        return MembershipRules.next(view(leader, Standing.IN, silent, reports, members, 0));
    }

    private static View view(
            long leader,
            Standing standing,
            Map<Long, Long> silent,
            Map<Long, MemberReport> reports,
            Map<String, Long> members,
            long aside) {
        return new View(2, leader, standing, silent, Map.of(), reports, members, aside);
    }
}
