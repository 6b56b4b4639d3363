package io.murmuration.benchmarks;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.ItemCodec;
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

/** An item to its stored bytes and back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ItemBenchmark {
    private final Map<String, AttributeValue> item = Birds.starling();
    private final byte[] bytes = ItemCodec.encode(item);

    @Benchmark
    public byte[] encode() {
        return ItemCodec.encode(item);
    }

    @Benchmark
    public Map<String, AttributeValue> decode() {
        return ItemCodec.decode(bytes);
    }
}
