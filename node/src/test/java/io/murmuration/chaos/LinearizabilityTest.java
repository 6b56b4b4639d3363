package io.murmuration.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.chaos.Register.Add;
import io.murmuration.chaos.Register.CompareAndSet;
import io.murmuration.chaos.Register.ConditionFailed;
import io.murmuration.chaos.Register.Done;
import io.murmuration.chaos.Register.Input;
import io.murmuration.chaos.Register.Output;
import io.murmuration.chaos.Register.Read;
import io.murmuration.chaos.Register.Value;
import io.murmuration.chaos.Register.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearizabilityTest {
    @Test
    void an_empty_history_is_linearizable() {
        assertThat(holds()).isTrue();
    }

    @Test
    void a_read_after_a_write_sees_it() {
        assertThat(holds(write(1, 0, 1), read(1, 2, 3))).isTrue();
    }

    @Test
    void a_stale_read_after_an_acknowledged_write_is_found() {
        assertThat(holds(write(1, 0, 1), write(2, 2, 3), read(1, 4, 5))).isFalse();
    }

    @Test
    void a_lost_acknowledged_write_is_found() {
        assertThat(holds(write(1, 0, 1), absent(2, 3))).isFalse();
    }

    @Test
    void a_read_beside_a_write_may_see_either_value_but_not_go_back() {
        assertThat(holds(write(1, 0, 1), write(2, 2, 9), read(1, 3, 4), read(2, 5, 6)))
                .isTrue();
        assertThat(holds(write(1, 0, 1), write(2, 2, 9), read(2, 3, 4), read(1, 5, 6)))
                .isFalse();
    }

    @Test
    void an_unknown_write_may_be_seen_late_or_never() {
        assertThat(holds(write(1, 0, 1), unknown(new Write(2), 2), read(1, 5, 6), read(2, 7, 8)))
                .isTrue();
        assertThat(holds(write(1, 0, 1), unknown(new Write(2), 2), read(1, 5, 6)))
                .isTrue();
        assertThat(holds(write(1, 0, 1), unknown(new Write(2), 2), read(2, 5, 6), read(1, 7, 8)))
                .isFalse();
    }

    @Test
    void an_unknown_write_is_not_seen_before_it_was_sent() {
        assertThat(holds(read(2, 0, 1), unknown(new Write(2), 2))).isFalse();
    }

    @Test
    void two_writers_cannot_both_win_the_same_comparison() {
        assertThat(holds(swapped(Optional.empty(), 1, 0, 5), swapped(Optional.empty(), 2, 1, 6)))
                .isFalse();
        assertThat(holds(swapped(Optional.empty(), 1, 0, 5), refused(Optional.empty(), 2, 1, 6), read(1, 7, 8)))
                .isTrue();
    }

    @Test
    void a_refusal_needs_its_reason() {
        assertThat(holds(write(1, 0, 1), refused(Optional.of(1L), 2, 2, 3))).isFalse();
        assertThat(holds(write(1, 0, 1), unknown(new Write(7), 2), refused(Optional.of(1L), 2, 3, 4)))
                .isTrue();
    }

    @Test
    void a_counter_that_gives_the_same_number_twice_is_found() {
        assertThat(holds(added(1, 0, 5), added(2, 1, 6), added(3, 7, 8))).isTrue();
        assertThat(holds(added(1, 0, 5), added(1, 1, 6))).isFalse();
    }

    @Test
    void a_counter_that_skips_a_number_needs_an_unknown_addition() {
        assertThat(holds(added(1, 0, 1), added(3, 2, 3))).isFalse();
        assertThat(holds(added(1, 0, 1), unknown(new Add(1), 0), added(3, 2, 3)))
                .isTrue();
    }

    @Test
    void many_unknown_additions_do_not_explode_the_search() {
        var history = new ArrayList<Call<Input, Output>>();
        for (var i = 0; i < 200; i++) {
            history.add(unknown(new Add(1), i));
        }
        for (var i = 0; i < 200; i++) {
            history.add(added(101 + i, 1000 + 2L * i, 1001 + 2L * i));
        }
        assertThat(Linearizability.holds(new Register(), history)).isTrue();
        history.add(added(101, 5000, 5001));
        assertThat(Linearizability.holds(new Register(), history)).isFalse();
    }

    /** Histories made by really running a register: each call takes effect at a moment inside its span. One changed answer must be found. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void a_true_history_holds_and_a_read_of_a_value_never_written_does_not(long seed) {
        var history = trueHistory(new Random(seed), 80);
        assertThat(Linearizability.holds(new Register(), history))
                .as("seed %d", seed)
                .isTrue();

        var end = history.stream()
                .filter(call -> !call.isUnknown())
                .mapToLong(Call::returned)
                .max()
                .orElseThrow();
        history.add(read(-1, end + 1, end + 2));
        assertThat(Linearizability.holds(new Register(), history))
                .as("seed %d", seed)
                .isFalse();
    }

    private static List<Call<Input, Output>> trueHistory(Random random, int length) {
        var model = new Register();
        var state = model.initial();
        var history = new ArrayList<Call<Input, Output>>();
        for (var moment = 100L; moment < 100L + length * 10L; moment += 10) {
            var input = input(random, moment, state);
            var output = answer(state, input);
            var invoked = moment - random.nextInt(60);
            if (random.nextInt(20) == 0) {
                history.add(unknown(input, invoked));
                if (random.nextBoolean()) {
                    continue; // it never took effect
                }
            } else {
                history.add(Call.answered(0, input, output, invoked, moment + random.nextInt(60)));
            }
            state = model.after(state, input, output).orElseThrow();
        }
        return history;
    }

    private static Input input(Random random, long unique, Optional<Long> state) {
        return switch (random.nextInt(4)) {
            case 0 -> new Read();
            case 1 -> new Write(unique);
            case 2 -> new CompareAndSet(random.nextBoolean() ? state : Optional.of(unique - 10), unique);
            default -> new Add(1);
        };
    }

    private static Output answer(Optional<Long> state, Input input) {
        return switch (input) {
            case Read read -> new Value(state);
            case Write write -> new Done();
            case CompareAndSet swap -> state.equals(swap.expected()) ? new Done() : new ConditionFailed();
            case Add add -> new Value(Optional.of(state.orElse(0L) + add.amount()));
        };
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    private static boolean holds(Call<Input, Output>... history) {
        return Linearizability.holds(new Register(), List.of(history));
    }

    private static Call<Input, Output> write(long value, long from, long to) {
        return Call.answered(1, new Write(value), new Done(), from, to);
    }

    private static Call<Input, Output> read(long value, long from, long to) {
        return Call.answered(2, new Read(), new Value(Optional.of(value)), from, to);
    }

    private static Call<Input, Output> absent(long from, long to) {
        return Call.answered(2, new Read(), new Value(Optional.empty()), from, to);
    }

    private static Call<Input, Output> swapped(Optional<Long> expected, long value, long from, long to) {
        return Call.answered(3, new CompareAndSet(expected, value), new Done(), from, to);
    }

    private static Call<Input, Output> refused(Optional<Long> expected, long value, long from, long to) {
        return Call.answered(3, new CompareAndSet(expected, value), new ConditionFailed(), from, to);
    }

    private static Call<Input, Output> added(long sum, long from, long to) {
        return Call.answered(4, new Add(1), new Value(Optional.of(sum)), from, to);
    }

    private static Call<Input, Output> unknown(Input input, long from) {
        return Call.unknown(5, input, from);
    }
}
