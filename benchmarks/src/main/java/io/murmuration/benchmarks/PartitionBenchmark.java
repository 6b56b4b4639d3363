package io.murmuration.benchmarks;

import io.murmuration.journal.RowChange;
import io.murmuration.journal.Rows;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.expression.Condition;
import io.murmuration.protocol.table.expression.Expressions;
import io.murmuration.protocol.table.expression.Placeholders;
import io.murmuration.protocol.table.expression.UpdateExpression;
import io.murmuration.protocol.table.operation.TableRequest.ReturnValues;
import io.murmuration.table.partition.Intent;
import io.murmuration.table.partition.PartitionRules;
import io.murmuration.table.partition.RowKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A partition's rules on a batch of conditional updates of 400-byte items, and the applying of what they decide, over rows in memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PartitionBenchmark {
    private static final long TABLE = 7;
    private static final int BATCH = 32;
    private static final int CHANGES_BYTES_MAX = 1 << 20;

    private final MemoryRows rows = new MemoryRows();
    private final List<Intent> batch = new ArrayList<>();

    public PartitionBenchmark() {
        Map<String, AttributeValue> values = Map.of(":one", Birds.number(1), ":none", Birds.number(-1));
        UpdateExpression update = Expressions.update("ADD weight :one", Placeholders.of(null, values));
        Condition condition =
                Expressions.condition(Expressions.CONDITION, "weight > :none", Placeholders.of(null, values));
        for (var i = 0; i < BATCH; i++) {
            var key = RowKeys.collection(TABLE, ("bird-" + i).getBytes(StandardCharsets.UTF_8));
            var put = new Intent.Put(key, Birds.starling(), null, ReturnValues.NONE, false);
            rows.apply(PartitionRules.decide(TABLE, rows, List.of(put), CHANGES_BYTES_MAX)
                    .changes());
            batch.add(new Intent.Update(key, Map.of(), update, condition, ReturnValues.UPDATED_NEW, false));
        }
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int decideAndApply() {
        var decision = PartitionRules.decide(TABLE, rows, batch, CHANGES_BYTES_MAX);
        rows.apply(decision.changes());
        return decision.replies().size();
    }

    private static final class MemoryRows implements Rows {
        private final NavigableMap<byte[], byte[]> map = new TreeMap<>(Arrays::compareUnsigned);

        void apply(List<RowChange> changes) {
            for (var change : changes) {
                var value = change.value();
                if (value == null) {
                    map.remove(change.key());
                } else {
                    map.put(change.key(), value);
                }
            }
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            return map.get(key);
        }

        @Override
        public RowCursor scan(byte[] from, byte[] to, boolean reverse) {
            var range = map.subMap(from, true, to, false);
            return new MapCursor(
                    (reverse ? range.descendingMap() : range).entrySet().iterator());
        }

        @Override
        public long sequenceNumber(String persistenceId) {
            return 0;
        }

        @Override
        public long appliedIndex() {
            return 0;
        }
    }

    private static final class MapCursor implements Rows.RowCursor {
        private final Iterator<Map.Entry<byte[], byte[]>> entries;
        private byte[] key = {};
        private byte[] value = {};

        MapCursor(Iterator<Map.Entry<byte[], byte[]>> entries) {
            this.entries = entries;
        }

        @Override
        public boolean next() {
            if (!entries.hasNext()) {
                return false;
            }
            var entry = entries.next();
            key = entry.getKey();
            value = entry.getValue();
            return true;
        }

        @Override
        public byte[] key() {
            return key;
        }

        @Override
        public byte[] value() {
            return value;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
