package io.murmuration.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** One write of Pekko's may become several commands. */
class ReplicatedJournalTest {
    private static final CompletableFuture<Long> APPLIED = CompletableFuture.completedFuture(1L);
    private static final CompletableFuture<Long> REFUSED = CompletableFuture.failedFuture(new NotLeaderException(2));
    private static final CompletableFuture<Long> UNKNOWN =
            CompletableFuture.failedFuture(new OutcomeUnknownException("nobody knows"));

    @Test
    void a_write_of_which_a_part_has_or_may_have_effect_is_unknown() {
        assertThatThrownBy(() ->
                        ReplicatedJournal.together(List.of(APPLIED, REFUSED)).join())
                .cause()
                .isInstanceOf(OutcomeUnknownException.class)
                .hasRootCauseInstanceOf(NotLeaderException.class);
        assertThatThrownBy(() ->
                        ReplicatedJournal.together(List.of(REFUSED, UNKNOWN)).join())
                .hasCauseInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void a_write_of_which_no_part_has_effect_says_so() {
        assertThatThrownBy(() ->
                        ReplicatedJournal.together(List.of(REFUSED, REFUSED)).join())
                .hasCauseInstanceOf(NotLeaderException.class);
        assertThat(ReplicatedJournal.together(List.of(APPLIED, APPLIED))).isCompleted();
    }
}
