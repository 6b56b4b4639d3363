package io.murmuration.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.function.mapping.MappingSettings;
import io.murmuration.trigger.ReaderRules.Ended;
import io.murmuration.trigger.ReaderRules.Next;
import io.murmuration.trigger.ReaderRules.Sent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReaderRulesTest {
    /** From 10; its last record was filtered out. */
    private static final List<Long> RECORDS = List.of(11L, 12L, 15L, 16L);

    private static final MappingSettings PATIENT = settings(MappingSettings.UNLIMITED, false);

    @Test
    void what_was_done_is_passed() {
        assertThat(after(new Ended.Done(), 3, PATIENT)).isEqualTo(new Next(17, 0, 0, -1, 0));
    }

    @Test
    void a_batch_that_failed_is_tried_again_as_it_is() {
        assertThat(after(new Ended.Failed(), 0, PATIENT)).isEqualTo(new Next(10, 17, 1, 0, 0));
        assertThat(after(new Ended.Failed(), 5, PATIENT)).isEqualTo(new Next(10, 17, 6, 5, 0));
    }

    @Test
    void after_its_retries_it_is_given_up() {
        assertThat(after(new Ended.Failed(), 1, settings(2, false))).isEqualTo(new Next(10, 17, 2, 1, 0));
        assertThat(after(new Ended.Failed(), 2, settings(2, false))).isEqualTo(new Next(17, 0, 0, -1, 4));
        assertThat(after(new Ended.Failed(), 0, settings(0, true))).isEqualTo(new Next(17, 0, 0, -1, 4));
    }

    /** "Splitting a batch does not count towards the retry quota." */
    @Test
    void a_batch_is_split_in_two_without_counting() {
        assertThat(after(new Ended.Failed(), 0, settings(1, true))).isEqualTo(new Next(10, 12, 0, 0, 0));
        var alone = new Sent(10, 11, List.of(11L), 0);
        assertThat(ReaderRules.after(new Ended.Failed(), alone, settings(1, true), 0))
                .isEqualTo(new Next(10, 11, 1, 0, 0));
    }

    @Test
    void what_was_refused_counts_no_failure_and_waits_longer_each_time() {
        assertThat(ReaderRules.after(new Ended.Refused("?"), sent(1), settings(1, true), 4))
                .isEqualTo(new Next(10, 17, 1, 4, 0));
    }

    @Test
    void what_was_done_before_a_failure_is_passed_and_the_rest_has_failed_once() {
        assertThat(after(new Ended.DoneBefore(2), 1, settings(1, false))).isEqualTo(new Next(14, 17, 1, 0, 0));
        assertThat(after(new Ended.DoneBefore(2), 0, settings(0, false))).isEqualTo(new Next(17, 0, 0, -1, 2));
        assertThat(after(new Ended.DoneBefore(0), 0, PATIENT)).isEqualTo(new Next(10, 17, 1, 0, 0));
    }

    @Test
    void pauses_double_up_to_the_longest() {
        var settings = TriggerSettings.defaults();

        assertThat(ReaderRules.pause(0, settings)).isEqualTo(Duration.ofMillis(200));
        assertThat(ReaderRules.pause(3, settings)).isEqualTo(Duration.ofMillis(1_600));
        assertThat(ReaderRules.pause(1_000, settings)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void a_record_is_kept_as_long_as_its_stream_at_most() {
        var day = Duration.ofHours(24);

        assertThat(ReaderRules.ageMax(PATIENT, day)).isEqualTo(day);
        assertThat(ReaderRules.ageMax(new MappingSettings(1, 0, 60, 0, false, false, List.of()), day))
                .isEqualTo(Duration.ofSeconds(60));
        assertThat(ReaderRules.ageMax(new MappingSettings(1, 0, 604_800, 0, false, false, List.of()), day))
                .isEqualTo(day);
    }

    private static Next after(Ended ended, int failures, MappingSettings settings) {
        return ReaderRules.after(ended, sent(failures), settings, 0);
    }

    private static Sent sent(int failures) {
        return new Sent(10, 17, RECORDS, failures);
    }

    private static MappingSettings settings(int attempts, boolean bisects) {
        return new MappingSettings(100, 0, MappingSettings.UNLIMITED, attempts, bisects, false, List.of());
    }
}
