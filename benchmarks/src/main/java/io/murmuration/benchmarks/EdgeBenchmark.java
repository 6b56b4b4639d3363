package io.murmuration.benchmarks;

import io.murmuration.base.Clock;
import io.murmuration.edge.behaviour.Behaviour;
import io.murmuration.edge.behaviour.Behaviours;
import io.murmuration.edge.behaviour.Forwarding;
import io.murmuration.edge.behaviour.KeyParameters;
import io.murmuration.edge.behaviour.PathPattern;
import io.murmuration.edge.behaviour.Selection;
import io.murmuration.edge.caching.AnswerRules;
import io.murmuration.edge.caching.CachePolicy;
import io.murmuration.edge.caching.Headers;
import io.murmuration.edge.caching.ResponseHead;
import io.murmuration.edge.caching.ViewerRequest;
import io.murmuration.edge.presence.Answer;
import io.murmuration.edge.presence.CacheLimits;
import io.murmuration.edge.presence.InvalidationPath;
import io.murmuration.edge.presence.PointOfPresence;
import io.murmuration.edge.presence.Site;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a point of presence does for a viewer besides HTTP: a hit among ten thousand objects of 1 KB, and an invalidation that matches none of them. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EdgeBenchmark {
    private static final int OBJECTS = 10_000;
    private static final CacheLimits LIMITS = CacheLimits.share(256L << 20, 1);
    private static final ByteString BODY = ByteString.fromArray(new byte[1024]);

    private final ActorSystem system = ActorSystem.create("edge");
    private final Materializer materializer = Materializer.createMaterializer(system);
    private final PointOfPresence presence = PointOfPresence.create("NRT1", LIMITS, Clock.system(), materializer);
    private final Site site = site();
    private final ViewerRequest plain = request("/birds/7000", "Accept", "*/*");
    private final ViewerRequest browsers = request(
            "/birds/7000",
            "User-Agent",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
            "Accept",
            "text/html,application/xhtml+xml",
            "Accept-Encoding",
            "gzip, deflate, br",
            "Accept-Language",
            "en",
            "Cookie",
            "session=0123456789abcdef");
    private final InvalidationPath others = new InvalidationPath("/trees/*");

    @Setup
    public void fill() {
        for (int n = 0; n < OBJECTS; n++) {
            presence.answer(site, request("/birds/" + n), Source.empty())
                    .thenCompose(answer -> answer.body().runWith(Sink.ignore(), materializer))
                    .toCompletableFuture()
                    .join();
        }
    }

    @TearDown
    public void end() {
        system.terminate();
    }

    @Benchmark
    public AnswerRules.HitHead hit() {
        return Objects.requireNonNull(presence.hit(site, plain)).head();
    }

    @Benchmark
    public AnswerRules.HitHead hitOfABrowser() {
        return Objects.requireNonNull(presence.hit(site, browsers)).head();
    }

    @Benchmark
    public int invalidation() {
        return presence.invalidate("site", others);
    }

    private static ViewerRequest request(String path, String... headers) {
        return new ViewerRequest("GET", path, "", Headers.of(headers));
    }

    private static Site site() {
        var behaviour = new Behaviour(
                PathPattern.ALL,
                "birds",
                Behaviour.Admission.ALL,
                KeyParameters.PATH_ONLY,
                new Forwarding(Selection.NONE, Selection.NONE, Selection.NONE),
                CachePolicy.CLOUDFRONT);
        var answer = new Answer(
                new ResponseHead(200, Headers.of("Content-Type", "text/plain", "Cache-Control", "max-age=86400")),
                Source.single(BODY));
        return new Site(
                "site",
                new Behaviours(List.of(), behaviour),
                Map.of("birds", (request, body) -> CompletableFuture.completedStage(answer)));
    }
}
