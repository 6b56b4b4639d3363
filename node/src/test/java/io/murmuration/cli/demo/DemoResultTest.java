package io.murmuration.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.cli.demo.DemoResult.Kind;
import io.murmuration.cli.demo.DemoResult.Outcome;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoResultTest {
    private static final Tally GOOD = new Tally(1_200, 1_199, 1, 1_200, 0, 0);

    @Test
    void the_figures_stand_in_columns_of_their_kind() {
        assertThat(result(GOOD).lines())
                .contains("                  writes  events", "written            1,200   1,200")
                .anyMatch(line -> line.contains("Everything that was acknowledged is there"));
    }

    @Test
    void one_kind_that_fails_is_a_claim_that_fails() {
        var lost = result(new Tally(3, 3, 0, 2, 1, 0));

        assertThat(result(GOOD).holds()).isTrue();
        assertThat(lost.holds()).isFalse();
        assertThat(lost.lines().getLast()).startsWith("The claim failed");
        assertThat(lost.json()).containsEntry("holds", false).containsKey("events");
    }

    @Test
    void counts_are_held_against_what_is_there() {
        assertThat(CountCheck.compare(Map.of("a", 5L, "b", 2L), Map.of("a", 5L, "b", 2L)))
                .isEqualTo(new Tally(7, 7, 0, 7, 0, 0));
        assertThat(CountCheck.compare(Map.of("a", 5L, "b", 2L), Map.of("a", 6L, "c", 1L)))
                .isEqualTo(new Tally(7, 7, 0, 5, 2, 2));
    }

    @Test
    void what_is_uploaded_follows_from_its_number() {
        assertThat(UploadWriter.content(3)).isEqualTo(UploadWriter.content(3)).isNotEqualTo(UploadWriter.content(8));
    }

    private static DemoResult result(Tally events) {
        var kinds = new EnumMap<Kind, Outcome>(Kind.class);
        kinds.put(Kind.WRITES, new Outcome(GOOD, Duration.ofMillis(1_500)));
        kinds.put(Kind.EVENTS, new Outcome(events, Duration.ZERO));
        var page = URI.create("http://e1.cloudfront.localhost:4566/");
        return new DemoResult("strikes", page, page, 2, kinds);
    }
}
