package io.murmuration.edge.presence;

import io.murmuration.base.Clock;
import io.murmuration.edge.behaviour.Behaviour;
import io.murmuration.edge.behaviour.Behaviours;
import io.murmuration.edge.behaviour.Forwarding;
import io.murmuration.edge.behaviour.KeyParameters;
import io.murmuration.edge.behaviour.PathPattern;
import io.murmuration.edge.behaviour.Selection;
import io.murmuration.edge.caching.CachePolicy;
import io.murmuration.edge.caching.Headers;
import io.murmuration.edge.caching.ResponseHead;
import io.murmuration.edge.caching.ViewerRequest;
import io.murmuration.journal.entity.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** A point of presence, an origin that answers as the test says, and a clock that stands still. */
final class Scene implements AutoCloseable {
    static final CacheLimits LIMITS =
            new CacheLimits(1_000_000, 10_000, 100_000, 16, Duration.ofMinutes(5), Duration.ofMinutes(2));

    final HandClock clock = new HandClock();
    final ActorTestKit kit = ActorTestKit.create();
    final Materializer materializer = Materializer.createMaterializer(kit.system());
    final ConcurrentLinkedQueue<ViewerRequest> asked = new ConcurrentLinkedQueue<>();
    final PointOfPresence presence;

    volatile Function<ViewerRequest, CompletionStage<Answer>> origin = request -> reply("Cache-Control", "max-age=60");
    volatile CachePolicy policy = CachePolicy.CLOUDFRONT;
    volatile KeyParameters key = KeyParameters.PATH_ONLY;
    volatile Selection forwarded = Selection.NONE;
    volatile Selection cookies = Selection.NONE;

    Scene() {
        this(LIMITS);
    }

    Scene(CacheLimits limits) {
        this.presence = PointOfPresence.create("NRT1", limits, clock, materializer);
    }

    Clock clock() {
        return clock;
    }

    private CompletionStage<Answer> fetch(ViewerRequest request, Source<ByteString, NotUsed> body) {
        asked.add(request);
        return origin.apply(request);
    }

    Site site() {
        var behaviour = new Behaviour(
                PathPattern.ALL,
                "o",
                Behaviour.Admission.ALL,
                key,
                new Forwarding(Selection.NONE, forwarded, cookies),
                policy);
        return new Site("d1", new Behaviours(List.of(), behaviour), Map.of("o", this::fetch));
    }

    CompletableFuture<Answer> ask(ViewerRequest request) {
        return presence.answer(site(), request, Source.empty());
    }

    CompletableFuture<Answer> get(String path, String... headers) {
        return ask(new ViewerRequest("GET", path, "", Headers.of(headers)));
    }

    /** The answer's body, read to its end. */
    CompletableFuture<String> read(CompletableFuture<Answer> answer) {
        return answer.thenCompose(given -> given.body()
                .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), materializer)
                .thenApply(ByteString::utf8String));
    }

    /** Asks, reads to the end and gives the head. */
    ResponseHead load(String path, String... headers) {
        var answer = get(path, headers);
        await(read(answer));
        return await(answer).head();
    }

    static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(60, TimeUnit.SECONDS).join();
    }

    static CompletionStage<Answer> reply(String... headers) {
        return reply(200, "body", headers);
    }

    static CompletionStage<Answer> reply(int status, String body, String... headers) {
        return reply(status, Source.single(ByteString.fromString(body)), headers);
    }

    static CompletionStage<Answer> reply(int status, Source<ByteString, NotUsed> body, String... headers) {
        return CompletableFuture.completedStage(new Answer(new ResponseHead(status, Headers.of(headers)), body));
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }
}
