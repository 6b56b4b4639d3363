package io.murmuration.benchmarks;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.expression.Condition;
import io.murmuration.protocol.table.expression.Expressions;
import io.murmuration.protocol.table.expression.Placeholders;
import io.murmuration.protocol.table.expression.UpdateExpression;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Expressions: a text never seen before, a text seen before with other values, and evaluation. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ExpressionBenchmark {
    private static final String CONDITION =
            "attribute_exists(ring) AND weight BETWEEN :low AND :high AND (begins_with(#name, :prefix) OR home.city = :city)";
    private static final String UPDATE =
            "SET #name = :prefix, home.floor = home.floor + :low REMOVE song ADD weight :low";

    private final Map<String, AttributeValue> item = Birds.starling();
    private final Condition condition = condition(CONDITION);
    private final UpdateExpression update = update();
    private long unseen;

    private static Placeholders placeholders() {
        return Placeholders.of(
                Map.of("#name", "name"),
                Map.of(
                        ":low", Birds.number(50),
                        ":high", Birds.number(90),
                        ":prefix", Birds.text("Ada"),
                        ":city", Birds.text("Rome")));
    }

    private static Condition condition(String text) {
        return Expressions.condition(Expressions.CONDITION, text, placeholders());
    }

    private static UpdateExpression update() {
        return Expressions.update(UPDATE, placeholders());
    }

    @Benchmark
    public Condition parse() {
        unseen++;
        return condition(CONDITION + " AND a" + unseen + " <> :low");
    }

    @Benchmark
    public Condition bind() {
        return condition(CONDITION);
    }

    @Benchmark
    public boolean evaluate() {
        return condition.holds(item);
    }

    @Benchmark
    public Map<String, AttributeValue> applyUpdate() {
        return update.apply(item);
    }
}
