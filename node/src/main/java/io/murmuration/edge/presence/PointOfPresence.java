package io.murmuration.edge.presence;

import io.murmuration.base.Clock;
import io.murmuration.edge.behaviour.KeyRules;
import io.murmuration.edge.behaviour.PathForm;
import io.murmuration.edge.caching.CacheRules;
import io.murmuration.edge.caching.Forward;
import io.murmuration.edge.caching.Handling;
import io.murmuration.edge.caching.Headers;
import io.murmuration.edge.caching.ResponseHead;
import io.murmuration.edge.caching.StoreRules;
import io.murmuration.edge.caching.StoredHead;
import io.murmuration.edge.caching.UnsafeMethodRules;
import io.murmuration.edge.caching.VaryRules;
import io.murmuration.edge.caching.Verdict.Fetch;
import io.murmuration.edge.caching.Verdict.Pass;
import io.murmuration.edge.caching.Verdict.Revalidate;
import io.murmuration.edge.caching.Verdict.Serve;
import io.murmuration.edge.caching.Verdict.ServeAndRevalidate;
import io.murmuration.edge.caching.Verdict.Unsatisfiable;
import io.murmuration.edge.caching.ViewerRequest;
import io.murmuration.edge.presence.CacheStore.Entry;
import io.murmuration.edge.presence.Fill.Outcome;
import io.murmuration.edge.presence.Fill.Outcome.Arrived;
import io.murmuration.edge.presence.Fill.Outcome.Failed;
import io.murmuration.edge.presence.Fill.Outcome.Refreshed;
import io.murmuration.edge.presence.Fills.Joined;
import io.murmuration.edge.presence.Fills.Question;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cache of one point of presence: answers viewers from what it keeps, or from an origin, which it asks once for all who want the same.
 *
 * <p>Owner: whoever places points of presence. All threads may use it.
 * <p>Failure: an origin that fails is a 502, one that takes too long a 504, unless something stale may be served; nothing here fails. For what is kept,
 * it is asked again when the time of errors is over.
 * <p>Limits: {@link CacheLimits}; how many requests there are at once is bounded by the front door.
 */
public final class PointOfPresence {
    /** So often a request looks again at a store that others change, before it asks the origin for itself. */
    private static final int ROUNDS_MAX = 3;

    private static final Logger log = LoggerFactory.getLogger(PointOfPresence.class);

    private final String id;
    private final Clock clock;
    private final Materializer materializer;
    private final int bodyBytesMax;
    private final CacheStore store;
    private final Fills fills;
    private final Answers answers;

    private PointOfPresence(String id, CacheLimits limits, Clock clock, Materializer materializer) {
        this.id = id;
        this.clock = clock;
        this.materializer = materializer;
        this.bodyBytesMax = limits.bodyBytesMax();
        this.store = new CacheStore(limits);
        this.fills = new Fills(store, limits, clock, materializer);
        this.answers = new Answers(id, clock);
    }

    /** @param id what viewers read in {@code Via}: letters, digits and hyphens */
    public static PointOfPresence create(String id, CacheLimits limits, Clock clock, Materializer materializer) {
        if (!id.matches("[A-Za-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("A point of presence's id has letters, digits and hyphens only: " + id);
        }
        return new PointOfPresence(id, limits, clock, materializer);
    }

    public String id() {
        return id;
    }

    /** What answers the request at once and as it is: most do. Null if it takes more to answer it, or its origin is to be asked. */
    public @Nullable Hit hit(Site site, ViewerRequest request) {
        if (!request.method().equals("GET") || request.conditional()) {
            return null;
        }
        var behaviour = site.behaviours().of(request.path());
        if (behaviour.policy().requestDirectives() || behaviour.policy().keepsNothing()) {
            return null;
        }
        var key = KeyRules.key(site.id(), behaviour.key(), request);
        var responses = store.find(key).responses();
        if (responses.size() != 1 || responses.getFirst().varies()) {
            return null;
        }
        var response = responses.getFirst();
        var freshness = response.freshness(behaviour.policy(), clock.millis());
        return freshness.fresh() ? new Hit(id, response, freshness, key.uri()) : null;
    }

    /**
     * Answers one request.
     *
     * @param body of the request; it is read only if the request goes to the origin as it is
     * @return to be cancelled if the viewer leaves before the answer is there; then its fetch ends, unless others wait for it
     */
    public CompletableFuture<Answer> answer(Site site, ViewerRequest request, Source<ByteString, NotUsed> body) {
        var exchange = Exchange.of(site, request, body);
        decide(exchange, 0);
        return exchange.result();
    }

    /** Forgets what the path means in that distribution, now and for all that is being fetched. How many keys were forgotten. */
    public int invalidate(String distribution, InvalidationPath path) {
        return store.invalidate(distribution, path);
    }

    /** Bytes of all that is kept. */
    public long storedBytes() {
        return store.sizeBytes();
    }

    /** Bytes of bodies on their way that may come to be kept. */
    long fillingBytes() {
        return fills.bytes();
    }

    /** Fetches under way that others may join. */
    int fillsOpen() {
        return fills.openCount();
    }

    private void decide(Exchange asked, int round) {
        var entry = store.find(asked.key());
        var exchange = entry.responses().isEmpty()
                ? asked
                : asked.varying(
                        VaryRules.names(entry.responses().getLast().stored().head()));
        var found = VaryRules.select(exchange.request(), entry.responses()).orElse(null);
        var verdict = CacheRules.decide(
                exchange.viewer(),
                found == null ? null : found.stored(),
                !entry.responses().isEmpty(),
                exchange.policy(),
                clock.millis());
        switch (verdict) {
            case Serve serve ->
                exchange.result().complete(answers.fromStore(exchange, present(found), Handling.ofHit()));
            case ServeAndRevalidate serve -> {
                var handling = Handling.ofStaleHit("stale-while-revalidate");
                exchange.result().complete(answers.fromStore(exchange, present(found), handling));
                refresh(exchange, entry, present(found), serve.conditions());
            }
            case Revalidate ask -> fetch(new Want(exchange, entry, found, ask.reason(), round), ask.conditions());
            case Fetch ask -> fetch(new Want(exchange, entry, found, ask.reason(), round), Headers.NONE);
            case Pass pass -> pass(exchange, found, pass.reason());
            case Unsatisfiable none -> exchange.result().complete(answers.unsatisfiable(exchange));
        }
    }

    private static StoredResponse present(@Nullable StoredResponse found) {
        if (found == null) {
            throw new IllegalStateException("A verdict serves what is not there.");
        }
        return found;
    }

    /** @param stale what is stored, or null */
    private record Want(
            Exchange exchange, Entry seen, @Nullable StoredResponse stale, Forward reason, int round) {}

    private void fetch(Want want, Headers conditions) {
        var exchange = want.exchange();
        var failed = fills.failedLately(exchange);
        if (failed != null) {
            exchange.result().complete(answers.failed(exchange, want.stale(), want.reason(), null, failed, true));
            return;
        }
        var alone = want.round() >= ROUNDS_MAX || fills.servesOneOnly(exchange.key());
        var joined = alone
                ? fills.alone(exchange, want.stale(), conditions)
                : fills.join(exchange, want.seen(), want.stale(), conditions);
        if (joined == null) {
            decide(exchange, want.round() + 1);
            return;
        }
        exchange.onLeave(() -> joined.fill().body().leave(joined.reader()));
        joined.fill()
                .outcome()
                .thenAccept(outcome -> deliver(want, joined, outcome))
                .whenComplete((done, failure) -> endIfFailed(exchange, failure));
    }

    private void deliver(Want want, Joined joined, Outcome outcome) {
        switch (outcome) {
            case Arrived arrived -> onArrived(want, joined, arrived);
            case Refreshed refreshed -> {
                joined.fill().body().leave(joined.reader());
                var response = refreshed.response();
                if (isFor(want.exchange(), joined, response.stored(), refreshed.shared())) {
                    var handling = Handling.forwarded(want.reason(), 304, refreshed.stored(), !joined.first());
                    want.exchange().result().complete(answers.fromStore(want.exchange(), response, handling));
                } else {
                    released(want, response.stored(), refreshed.shared());
                }
            }
            case Failed failed -> {
                joined.fill().body().leave(joined.reader());
                var status = failed.answer() == null ? null : failed.answer().status();
                want.exchange()
                        .result()
                        .complete(answers.failed(
                                want.exchange(), want.stale(), want.reason(), status, failed.cause(), !joined.first()));
            }
        }
    }

    private void onArrived(Want want, Joined joined, Arrived arrived) {
        var exchange = want.exchange();
        var body = joined.fill().body();
        if (!isFor(exchange, joined, arrived.head(), arrived.shared())) {
            body.leave(joined.reader());
            released(want, arrived.head(), arrived.shared());
            return;
        }
        var handling =
                Handling.forwarded(want.reason(), arrived.head().head().status(), arrived.stored(), !joined.first());
        var source = Source.fromGraph(new BodySource(body, joined.reader()));
        var taken = exchange.result().complete(answers.of(exchange, arrived.head(), source, handling));
        if (taken && Answers.withoutBody(exchange, arrived.head()) && arrived.stored()) {
            drain(joined);
        } else if (!taken || Answers.withoutBody(exchange, arrived.head())) {
            body.leave(joined.reader());
        }
    }

    /** For the store's sake, where no viewer reads it; what becomes too large for the store is left. */
    private void drain(Joined joined) {
        Source.fromGraph(new BodySource(joined.fill().body(), joined.reader()))
                .limitWeighted(bodyBytesMax, part -> (long) part.size())
                .runWith(Sink.ignore(), materializer);
    }

    /** A mistake here must not leave a viewer without an answer. */
    private static void endIfFailed(Exchange exchange, @Nullable Throwable failure) {
        if (failure != null) {
            exchange.result().completeExceptionally(failure);
        }
    }

    private static boolean isFor(Exchange exchange, Joined joined, StoredHead head, boolean shared) {
        return joined.first() || (shared && VaryRules.matches(exchange.request(), head));
    }

    /** At once: of no use to others, it asks for itself; of use to others, it may wait for one that is meant for it. */
    private void released(Want want, StoredHead head, boolean shared) {
        decide(want.exchange().varying(VaryRules.names(head.head())), shared ? want.round() + 1 : ROUNDS_MAX);
    }

    /** In the background; if somebody does already, nothing is to do. */
    private void refresh(Exchange exchange, Entry seen, StoredResponse stale, Headers conditions) {
        if (fills.failedLately(exchange) != null) {
            return;
        }
        var joined = fills.join(exchange, seen, stale, conditions);
        if (joined == null || !joined.first()) {
            if (joined != null) {
                joined.fill().body().leave(joined.reader());
            }
            return;
        }
        joined.fill().outcome().thenAccept(outcome -> {
            if (outcome instanceof Arrived arrived && arrived.stored()) {
                drain(joined);
            } else {
                joined.fill().body().leave(joined.reader());
            }
        });
    }

    private void pass(Exchange exchange, @Nullable StoredResponse stale, Forward reason) {
        var question = new Question(exchange.request(), exchange.body());
        Fills.fetch(exchange.origin(), question)
                .thenAccept(answer -> onPassed(exchange, answer, reason))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        log.warn(
                                "An origin did not answer. distribution={} path={} cause={}",
                                exchange.site().id(),
                                exchange.viewer().path(),
                                failure.toString());
                        exchange.result().complete(answers.failed(exchange, stale, reason, null, failure, false));
                    }
                });
    }

    private void onPassed(Exchange exchange, Answer answer, Forward reason) {
        var head = exchange.behaviour().own(StoreRules.received(answer.head(), clock.millis()));
        forgetChanged(exchange, head);
        if (!exchange.result().complete(answers.passed(exchange, head, answer.body(), reason))) {
            answer.body().runWith(Sink.cancelled(), materializer);
        }
    }

    private void forgetChanged(Exchange exchange, ResponseHead head) {
        for (var uri : UnsafeMethodRules.invalidated(exchange.viewer(), head)) {
            var question = uri.indexOf('?');
            var path = PathForm.whole(question < 0 ? uri : uri.substring(0, question));
            var query = question < 0 ? "" : uri.substring(question + 1);
            var changed = new ViewerRequest("GET", path, query, Headers.NONE);
            var key = Exchange.of(exchange.site(), changed, Source.empty()).key();
            store.invalidate(key);
        }
    }
}
