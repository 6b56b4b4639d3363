package io.murmuration.protocol.table.expression;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a parsed expression looks like before names and values are known. Immutable and shared between requests.
 *
 * <p>It has passed every check that depends on the text alone: grammar, parentheses, limits, functions and reserved words.
 */
final class Syntax {
    private Syntax() {}

    /** What stands on one side of a comparison, or a condition. The parser learns late which of them it reads. */
    sealed interface Node {}

    sealed interface Condition extends Node {}

    record And(List<Condition> conditions) implements Condition {}

    record Or(List<Condition> conditions) implements Condition {}

    record Not(Condition condition) implements Condition {}

    record Comparison(Comparator comparator, Operand left, Operand right) implements Condition {}

    record Between(Operand value, Operand lower, Operand upper) implements Condition {}

    record In(Operand value, List<Operand> candidates) implements Condition {}

    /** A call that is a condition by itself. */
    record Test(Call call) implements Condition {}

    sealed interface Operand extends Node {}

    /** @param fixed the path itself, if it is written without placeholders */
    record Path(List<PathPart> parts, @Nullable DocumentPath fixed) implements Operand {}

    /** @param placeholder with its colon */
    record Value(String placeholder) implements Operand {}

    record Call(String function, List<Operand> operands) implements Operand {}

    /** {@code left + right} or {@code left - right}, in update expressions only. */
    record Arithmetic(Operand left, Sign sign, Operand right) implements Operand {}

    sealed interface PathPart {}

    record FixedPart(DocumentPath.Step step) implements PathPart {}

    /** @param placeholder with its number sign */
    record NamedPart(String placeholder) implements PathPart {}

    /** One change of an update expression; the order is that of the text. */
    sealed interface Change {
        Path path();
    }

    record Set(Path path, Operand value) implements Change {}

    record Remove(Path path) implements Change {}

    record Add(Path path, Value value) implements Change {}

    record Delete(Path path, Value value) implements Change {}
}
