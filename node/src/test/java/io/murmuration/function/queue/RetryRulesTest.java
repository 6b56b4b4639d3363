package io.murmuration.function.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.function.queue.RetryRules.Again;
import io.murmuration.function.queue.RetryRules.Attempt;
import io.murmuration.function.queue.RetryRules.Dropped;
import io.murmuration.function.queue.RetryRules.Finished;
import io.murmuration.protocol.function.FunctionName;
import org.junit.jupiter.api.Test;

class RetryRulesTest {
    private static final QueueSettings SETTINGS = QueueSettings.defaults();
    private static final long ACCEPTED = 1_000_000;
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;

    @Test
    void what_was_delivered_is_finished() {
        assertThat(after(Attempt.DELIVERED, 2, 9, ACCEPTED)).isEqualTo(new Finished());
    }

    /** "If the function returns an error, by default Lambda attempts to run it two more times, with a one-minute wait between the first two attempts,
     * and two minutes between the second and third attempts." */
    @Test
    void a_function_that_fails_is_called_twice_more() {
        assertThat(after(Attempt.FAILED, 0, 3, ACCEPTED)).isEqualTo(new Again(ACCEPTED + MINUTE, 1, 3));
        assertThat(after(Attempt.FAILED, 1, 3, ACCEPTED)).isEqualTo(new Again(ACCEPTED + 2 * MINUTE, 2, 3));
        assertThat(after(Attempt.FAILED, 2, 3, ACCEPTED)).isInstanceOf(Dropped.class);
    }

    /** "The retry interval increases exponentially from 1 second after the first attempt to a maximum of 5 minutes." */
    @Test
    void what_is_refused_is_tried_again_with_growing_pauses() {
        assertThat(after(Attempt.REFUSED, 1, 0, ACCEPTED)).isEqualTo(new Again(ACCEPTED + 1_000, 1, 1));
        assertThat(after(Attempt.REFUSED, 1, 3, ACCEPTED)).isEqualTo(new Again(ACCEPTED + 8_000, 1, 4));
        assertThat(after(Attempt.REFUSED, 1, 200, ACCEPTED)).isEqualTo(new Again(ACCEPTED + 5 * MINUTE, 1, 201));
    }

    /** "By default … Lambda returns the event to the queue and attempts to run the function again for up to 6 hours." */
    @Test
    void after_six_hours_an_event_is_given_up() {
        assertThat(after(Attempt.REFUSED, 0, 0, ACCEPTED + 6 * HOUR - 1_001)).isInstanceOf(Again.class);
        assertThat(after(Attempt.REFUSED, 0, 0, ACCEPTED + 6 * HOUR - 1_000)).isInstanceOf(Dropped.class);
        assertThat(RetryRules.tooOld(head(0, 0), ACCEPTED + 6 * HOUR - 1, SETTINGS))
                .isFalse();
        assertThat(RetryRules.tooOld(head(0, 0), ACCEPTED + 6 * HOUR, SETTINGS)).isTrue();
    }

    @Test
    void an_event_of_a_function_that_is_gone_is_dropped() {
        assertThat(after(Attempt.FUNCTION_GONE, 0, 0, ACCEPTED)).isInstanceOf(Dropped.class);
    }

    private static RetryRules.Next after(Attempt attempt, int errors, int refusals, long nowMillis) {
        return RetryRules.after(attempt, head(errors, refusals), nowMillis, SETTINGS);
    }

    private static EventHead head(int errors, int refusals) {
        return new EventHead(new FunctionName("f", null), "id", ACCEPTED, ACCEPTED, errors, refusals, 2, "", "");
    }
}
