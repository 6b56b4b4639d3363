package io.murmuration.benchmarks;

import io.murmuration.gateway.RouteTrie;
import io.murmuration.protocol.gateway.RouteKey;
import io.murmuration.protocol.gateway.payload.EventWriter;
import io.murmuration.protocol.gateway.payload.FunctionAnswer;
import io.murmuration.protocol.gateway.payload.Header;
import io.murmuration.protocol.gateway.payload.ProxyRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the gateway does for each request besides waiting: among 300 routes finds one, writes a browser's request as an event, understands an answer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class GatewayBenchmark {
    private static final int KINDS = 100;

    private final RouteTrie<String> routes = RouteTrie.of(keys(), RouteKey::parse);
    private final ProxyRequest request = request();
    private final byte[] answer =
            "{\"statusCode\":200,\"headers\":{\"content-type\":\"application/json\"},\"body\":\"{}\"}"
                    .getBytes(StandardCharsets.UTF_8);

    @Benchmark
    public RouteTrie.@Nullable Match<String> exact() {
        return routes.find("GET", "/kinds/50/birds/7");
    }

    @Benchmark
    public RouteTrie.@Nullable Match<String> greedy() {
        return routes.find("GET", "/kinds/50/birds/7/photos/1/large");
    }

    @Benchmark
    public byte[] secondFormat() {
        return EventWriter.write(request, "2.0");
    }

    @Benchmark
    public byte[] firstFormat() {
        return EventWriter.write(request, "1.0");
    }

    @Benchmark
    public Optional<FunctionAnswer> answer() {
        return FunctionAnswer.of(answer, "2.0");
    }

    private static List<String> keys() {
        var keys = new ArrayList<String>();
        for (int kind = 0; kind < KINDS; kind++) {
            keys.add("GET /kinds/" + kind + "/birds/{bird}");
            keys.add("POST /kinds/" + kind + "/birds");
            keys.add("ANY /kinds/" + kind + "/{rest+}");
        }
        return keys;
    }

    private static ProxyRequest request() {
        return new ProxyRequest(
                "GET",
                "/kinds/50/birds/7",
                "limit=20&after=starling",
                "HTTP/1.1",
                List.of(
                        new Header("Host", "abcdefghij.execute-api.localhost:4566"),
                        new Header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36"),
                        new Header("Accept", "application/json"),
                        new Header("Accept-Encoding", "gzip, deflate, br"),
                        new Header("Accept-Language", "en"),
                        new Header("Cookie", "session=0123456789abcdef")),
                "",
                new byte[0],
                "127.0.0.1",
                "abcdefghij.execute-api.localhost",
                4566,
                "000000000000",
                "abcdefghij",
                "$default",
                Map.of(),
                "GET /kinds/50/birds/{bird}",
                "/kinds/50/birds/{bird}",
                Map.of("bird", "7"),
                "0123456789ABCDE=",
                "Root=1-5759e988-bd862e3fe1be46a994272793",
                1583349317135L);
    }
}
