package io.murmuration.journal.entity;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.journal.NoQuorumException;
import io.murmuration.protocol.CommonError;
import org.apache.pekko.persistence.typed.EventRejectedException;
import org.apache.pekko.persistence.typed.PersistenceId;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void what_does_not_fit_into_an_entry_is_told_so_and_not_to_retry() {
        var rejected = new EventRejectedException(
                PersistenceId.ofUniqueId("counter@1"), 1, new IllegalArgumentException("too long"));

        var answer = (Answer.NotApplied<Long>) Failures.<Long>inFlight(new RuntimeException(rejected));

        assertThat(answer.error().code()).isEqualTo(CommonError.INTERNAL);
        assertThat(answer.error().message())
                .isEqualTo("The changes do not fit into an entry of the log. Nothing was applied; "
                        + "repeating the request does not help.");
    }

    @Test
    void what_had_no_majority_is_surely_not_applied_and_what_it_does_not_vouch_for_is_unknown() {
        var alone = (Answer.NotApplied<Long>) Failures.<Long>inFlight(new NoQuorumException("alone"));

        assertThat(alone.error().code()).isEqualTo(CommonError.UNAVAILABLE);
        assertThat(Failures.<Long>inFlight(new RuntimeException("who knows"))).isEqualTo(new Answer.Unknown<>());
        assertThat(Failures.<Long>inFlight(null)).isEqualTo(new Answer.Unknown<>());
    }
}
