package io.murmuration.cli.demo.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.cli.demo.functions.CountRules.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountRulesTest {
    @Test
    void reports_that_come_count_up_and_those_that_go_count_down() {
        var changes = CountRules.bySpecies(List.of(
                change("INSERT", "Killdeer", 1),
                change("INSERT", "Mallard", 2),
                change("MODIFY", "Killdeer", 3),
                change("REMOVE", "Killdeer", 4),
                change("INSERT", "Killdeer", 9)));

        assertThat(CountRules.after("", changes.getOrDefault("Killdeer", List.of())))
                .isEqualTo(new Step(1, "9"));
        assertThat(CountRules.after("", changes.getOrDefault("Mallard", List.of())))
                .isEqualTo(new Step(1, "2"));
    }

    @Test
    void what_is_counted_is_not_counted_again() {
        var changes = CountRules.bySpecies(List.of(change("INSERT", "Killdeer", 9), change("INSERT", "Killdeer", 10)));
        var killdeer = changes.getOrDefault("Killdeer", List.of());

        assertThat(CountRules.after("9", killdeer)).isEqualTo(new Step(1, "10"));
        assertThat(CountRules.after("10", killdeer).isEmpty()).isTrue();
        assertThat(CountRules.after("100", killdeer).isEmpty()).isTrue();
    }

    /** As the stream promises: in order, each batch from where another ended or earlier, of any length, some by two at once. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void however_batches_are_repeated_the_count_is_right(long seed) {
        var random = new Random(seed);
        var names = List.of("Killdeer", "Mallard", "Barn owl");
        var records = IntStream.rangeClosed(1, 200)
                .mapToObj(number -> change("INSERT", names.get(random.nextInt(names.size())), number))
                .toList();
        var counted = new HashMap<String, Step>();

        for (int done = 0; done < records.size(); ) {
            int from = random.nextInt(3) == 0 ? random.nextInt(done + 1) : done;
            int to = Math.min(records.size(), from + 1 + random.nextInt(30));
            CountRules.bySpecies(records.subList(from, to)).forEach((species, changes) -> {
                var before = counted.getOrDefault(species, new Step(0, ""));
                var step = CountRules.after(before.last(), changes);
                if (!step.isEmpty()) {
                    counted.put(species, new Step(before.strikes() + step.strikes(), step.last()));
                }
            });
            done = Math.max(done, random.nextInt(4) == 0 ? done : to);
        }

        assertThat(counted.values().stream().mapToLong(Step::strikes).sum())
                .withFailMessage("seed " + seed)
                .isEqualTo(200);
    }

    private static Map<String, Object> change(String event, String species, int number) {
        return Map.of(
                "eventName",
                event,
                "dynamodb",
                Map.of(
                        "Keys",
                        Map.of("species", Map.of("S", species), "report", Map.of("S", "r" + number)),
                        "SequenceNumber",
                        String.format("%021d", number)));
    }
}
