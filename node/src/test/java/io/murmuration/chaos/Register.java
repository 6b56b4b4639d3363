package io.murmuration.chaos;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One item with a number: read, written, compared and set, or counted up. Absent is null. */
final class Register implements Model<Optional<Long>, Register.Input, Register.Output> {
    sealed interface Input {}

    record Read() implements Input {}

    record Write(long value) implements Input {}

    /** Writes if the register holds the expected value; empty expects absence. */
    record CompareAndSet(Optional<Long> expected, long value) implements Input {}

    record Add(long amount) implements Input {}

    sealed interface Output {}

    /** The value read, or the value after an addition. */
    record Value(Optional<Long> value) implements Output {}

    record Done() implements Output {}

    record ConditionFailed() implements Output {}

    @Override
    public Optional<Long> initial() {
        return Optional.empty();
    }

    @Override
    public Optional<Optional<Long>> after(Optional<Long> state, Input input, @Nullable Output output) {
        return switch (input) {
            case Read read -> given(output == null || output.equals(new Value(state)), state);
            case Write write -> given(output == null || output instanceof Done, Optional.of(write.value()));
            case CompareAndSet swap -> {
                var met = state.equals(swap.expected());
                var fits = output == null || (met ? output instanceof Done : output instanceof ConditionFailed);
                yield given(fits, met ? Optional.of(swap.value()) : state);
            }
            case Add add -> {
                var sum = Optional.of(state.orElse(0L) + add.amount());
                yield given(output == null || output.equals(new Value(sum)), sum);
            }
        };
    }

    private static Optional<Optional<Long>> given(boolean fits, Optional<Long> after) {
        return fits ? Optional.of(after) : Optional.empty();
    }
}
