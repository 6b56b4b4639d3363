package io.murmuration.edge.presence;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.murmuration.base.Clock;
import io.murmuration.edge.behaviour.CacheKey;
import io.murmuration.edge.caching.CacheRules;
import io.murmuration.edge.caching.Headers;
import io.murmuration.edge.caching.ResponseHead;
import io.murmuration.edge.caching.StoreRules;
import io.murmuration.edge.caching.StoredHead;
import io.murmuration.edge.caching.ValidationRules;
import io.murmuration.edge.caching.VaryRules;
import io.murmuration.edge.caching.ViewerRequest;
import io.murmuration.edge.presence.CacheStore.Entry;
import io.murmuration.edge.presence.Fill.Outcome.Arrived;
import io.murmuration.edge.presence.Fill.Outcome.Failed;
import io.murmuration.edge.presence.Fill.Outcome.Refreshed;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.BufferOverflowException;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fetches of a point of presence that are under way: one for each key and variant, however many want it.
 *
 * <p>Failure: a fetch that fails, fails for all who wait, and for those who come within the time that errors are kept: an origin that is down is not asked
 * by everyone. One that nobody wants any more ends.
 */
final class Fills {
    private static final Logger log = LoggerFactory.getLogger(Fills.class);
    private static final int UNCACHEABLE_MAX = 10_000;
    private static final int FAILURES_MAX = 10_000;

    private final ConcurrentHashMap<FillKey, Fill> open = new ConcurrentHashMap<>();
    private final Cache<CacheKey, Boolean> uncacheable;
    private final Cache<FillKey, Failure> failures;
    private final CacheStore store;
    private final CacheLimits limits;
    private final ByteBudget budget;
    private final Clock clock;
    private final Materializer materializer;

    Fills(CacheStore store, CacheLimits limits, Clock clock, Materializer materializer) {
        this.store = store;
        this.limits = limits;
        this.budget = new ByteBudget(limits.fillsBytesMax());
        this.clock = clock;
        this.materializer = materializer;
        this.uncacheable = Caffeine.newBuilder()
                .maximumSize(UNCACHEABLE_MAX)
                .expireAfterWrite(limits.uncacheableFor())
                .ticker(clock::nanos)
                .executor(Runnable::run)
                .build();
        this.failures = Caffeine.newBuilder()
                .maximumSize(FAILURES_MAX)
                .executor(Runnable::run)
                .build();
    }

    /**
     * That an origin did not answer.
     *
     * @param late whether it was given up
     * @param generation of the store then: whoever invalidates something wants it anew
     */
    private record Failure(boolean late, long atNanos, long generation) {}

    /** Why the origin did not answer the same question lately; null if it is to be asked. */
    @Nullable
    Throwable failedLately(Exchange exchange) {
        var key = new FillKey(exchange.key(), exchange.variant());
        var failure = failures.getIfPresent(key);
        if (failure == null) {
            return null;
        }
        if (failure.generation() != store.generation()
                || clock.nanos() - failure.atNanos()
                        >= exchange.policy().errorTtl().toNanos()) {
            failures.invalidate(key);
            return null;
        }
        return failure.late() ? new TimeoutException() : new OriginErrorException(502);
    }

    private record FillKey(CacheKey key, String variant) {}

    /** @param first whether this one asked first, and the fetch is under its request's name */
    record Joined(Fill fill, SharedBody.Reader reader, boolean first) {}

    private record Job(
            FillKey key,
            Fill fill,
            Exchange exchange,
            @Nullable StoredResponse stale) {}

    /** Whether answers under this key were of no use to others lately, so that nobody should wait for one. */
    boolean servesOneOnly(CacheKey key) {
        return uncacheable.getIfPresent(key) != null;
    }

    /**
     * Joins the fetch that is under way, or begins one.
     *
     * @param seen what was found in the store
     * @param stale what the origin is asked to validate, or null
     * @return null if the store holds something else by now: then it may have the answer
     */
    @Nullable
    Joined join(Exchange exchange, Entry seen, @Nullable StoredResponse stale, Headers conditions) {
        var key = new FillKey(exchange.key(), exchange.variant());
        var joined = new Joined[1];
        open.compute(key, (same, running) -> {
            var reader = running == null ? null : running.join();
            if (running != null && reader != null) {
                joined[0] = new Joined(running, reader, false);
                return running;
            }
            if (store.find(exchange.key()) != seen) {
                return running;
            }
            joined[0] = begin(key);
            return joined[0].fill();
        });
        if (joined[0] != null && joined[0].first()) {
            ask(new Job(key, joined[0].fill(), exchange, stale), conditions);
        }
        return joined[0];
    }

    /** A fetch that nobody joins. */
    Joined alone(Exchange exchange, @Nullable StoredResponse stale, Headers conditions) {
        var key = new FillKey(exchange.key(), exchange.variant());
        var joined = begin(key);
        ask(new Job(key, joined.fill(), exchange, stale), conditions);
        return joined;
    }

    private Joined begin(FillKey key) {
        var ticket = store.begin(key.key());
        var own = new Fill[1];
        var body = new SharedBody(limits.bodyBytesMax(), budget, clock::nanos, () -> close(key, own[0]));
        own[0] = new Fill(ticket, body);
        var reader = body.join();
        if (reader == null) {
            throw new IllegalStateException("A new body has no reader yet.");
        }
        return new Joined(own[0], reader, true);
    }

    private void ask(Job job, Headers conditions) {
        var requestMillis = clock.millis();
        var request = ValidationRules.asked(job.exchange().request(), conditions);
        fetch(job.exchange().origin(), new Question(request, Source.empty()))
                .thenAccept(answer -> onHead(job, answer, requestMillis))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        onFailure(job, failure);
                    }
                });
    }

    /** Also of what was done with the head: whoever waits must learn of it. */
    private void onFailure(Job job, Throwable failure) {
        log.warn(
                "An origin did not answer. distribution={} path={} cause={}",
                job.exchange().site().id(),
                job.exchange().viewer().path(),
                failure.toString());
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof BufferOverflowException)) {
            // otherwise this node had too many questions, and the origin was not even asked
            failures.put(job.key(), new Failure(cause instanceof TimeoutException, clock.nanos(), store.generation()));
        }
        close(job.key(), job.fill());
        job.fill().decided(new Failed(null, failure));
    }

    /** What an origin is asked. */
    record Question(ViewerRequest request, Source<ByteString, NotUsed> body) {}

    /** An origin that throws has failed, too. */
    static CompletionStage<Answer> fetch(Origin origin, Question question) {
        try {
            return origin.fetch(question.request(), question.body());
        } catch (RuntimeException failure) {
            return CompletableFuture.failedStage(failure);
        }
    }

    private void onHead(Job job, Answer answer, long requestMillis) {
        var now = clock.millis();
        var received = StoreRules.received(answer.head(), now);
        var head = job.exchange().behaviour().shared(received);
        var stale = job.stale();
        if (stale != null && head.status() == 304) {
            discard(answer);
            onStillValid(job, stale, head, requestMillis, now);
        } else if (stale != null && head.originError() && mayServe(job, stale, now)) {
            discard(answer);
            close(job.key(), job.fill());
            job.fill().decided(new Failed(head, new OriginErrorException(head.status())));
        } else {
            onArrived(job, new Answer(received, answer.body()), stored(job, head, requestMillis, now));
        }
    }

    private static boolean mayServe(Job job, StoredResponse stale, long now) {
        var exchange = job.exchange();
        return CacheRules.onError(exchange.request(), stale.stored(), exchange.policy(), now)
                .isPresent();
    }

    private static StoredHead stored(Job job, ResponseHead head, long requestMillis, long now) {
        return new StoredHead(head, VaryRules.selecting(job.exchange().request(), head), requestMillis, now);
    }

    private void onStillValid(Job job, StoredResponse stale, ResponseHead head, long requestMillis, long now) {
        var fresher = ValidationRules.freshened(stale.stored(), head, requestMillis, now);
        if (fresher.isEmpty()) {
            // It spoke of a response that is not here: the next question is without conditions.
            ask(new Job(job.key(), job.fill(), job.exchange(), null), Headers.NONE);
            return;
        }
        var response = stale.with(fresher.get());
        var policy = job.exchange().policy();
        // what it says now may forbid what it allowed before
        var keep = StoreRules.mayStore(job.exchange().request(), fresher.get(), policy);
        var shared = keep && StoreRules.isFresh(fresher.get(), policy);
        remember(job, shared);
        if (keep) {
            store.put(job.fill().ticket(), response);
        } else {
            store.remove(job.fill().ticket().key(), stale);
        }
        close(job.key(), job.fill());
        job.fill().decided(new Refreshed(response, keep, shared));
    }

    /** @param head as it is kept, and as others get it */
    private void onArrived(Job job, Answer answer, StoredHead head) {
        var exchange = job.exchange();
        var length = head.head().contentLength();
        var keep = StoreRules.mayStore(exchange.request(), head, exchange.policy())
                && length.orElse(0) <= limits.bodyBytesMax();
        var shared = keep && StoreRules.isFresh(head, exchange.policy());
        remember(job, shared);
        var body = job.fill().body();
        if (!shared) {
            open.remove(job.key(), job.fill());
        }
        if (!keep) {
            body.pass();
        }
        job.fill().decided(new Arrived(shared ? head : own(exchange, answer, head), keep, shared));
        answer.body()
                .idleTimeout(limits.originIdle())
                .runWith(
                        new BodySink(body, chunks -> keep(job, head, keep, chunks), () -> close(job.key(), job.fill())),
                        materializer);
    }

    private static StoredHead own(Exchange exchange, Answer answer, StoredHead head) {
        return new StoredHead(
                exchange.behaviour().own(answer.head()), head.selecting(), head.requestMillis(), head.responseMillis());
    }

    /** Before any reader learns of the end. A body that is shorter than it said "MUST NOT" be kept as whole (RFC 9111, 3.3). */
    private void keep(Job job, StoredHead head, boolean keep, List<ByteString> chunks) {
        long size = chunks.stream().mapToLong(ByteString::size).sum();
        if (keep && head.head().contentLength().orElse(size) == size) {
            store.put(job.fill().ticket(), new StoredResponse(head, chunks));
        }
        close(job.key(), job.fill());
    }

    private void remember(Job job, boolean shared) {
        if (shared) {
            uncacheable.invalidate(job.key().key());
        } else {
            uncacheable.put(job.key().key(), true);
        }
    }

    private void discard(Answer answer) {
        answer.body().runWith(Sink.cancelled(), materializer);
    }

    private void close(FillKey key, Fill fill) {
        open.remove(key, fill);
        store.end(fill.ticket());
    }

    /** How many are under way that others may join. */
    int openCount() {
        return open.size();
    }

    /** Bytes of bodies that are being fetched. */
    long bytes() {
        return budget.taken();
    }
}
