package io.murmuration.edge.presence;

import io.murmuration.base.Clock;
import io.murmuration.edge.caching.AnswerRules;
import io.murmuration.edge.caching.CacheRules;
import io.murmuration.edge.caching.Forward;
import io.murmuration.edge.caching.Freshness;
import io.murmuration.edge.caching.Handling;
import io.murmuration.edge.caching.Headers;
import io.murmuration.edge.caching.RangeRules;
import io.murmuration.edge.caching.ResponseHead;
import io.murmuration.edge.caching.StoredHead;
import io.murmuration.edge.caching.ValidationRules;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** Puts answers together as viewers get them. */
final class Answers {
    private final String presence;
    private final Clock clock;

    Answers(String presence, Clock clock) {
        this.presence = presence;
        this.clock = clock;
    }

    Answer fromStore(Exchange exchange, StoredResponse response, Handling handling) {
        var whole = of(exchange, response.stored(), response.body(), handling);
        if (withoutBody(exchange, response.stored())) {
            return whole;
        }
        long length = response.bodyBytes();
        var part = RangeRules.part(exchange.viewer(), response.stored(), length);
        var head = RangeRules.head(whole.head(), part, length);
        return switch (part) {
            case RangeRules.Part.Whole all -> whole;
            case RangeRules.Part.Slice slice -> new Answer(head, response.body(slice.from(), slice.to()));
            case RangeRules.Part.Unsatisfiable none -> Answer.withoutBody(head);
        };
    }

    /** A 304 if the viewer has it, and no body for HEAD; the body is then not touched. */
    Answer of(Exchange exchange, StoredHead stored, Source<ByteString, NotUsed> body, Handling handling) {
        var had = ValidationRules.viewerHasIt(exchange.viewer(), stored);
        var head = had ? ValidationRules.notModified(stored.head()) : stored.head();
        var freshness = Freshness.of(stored, exchange.policy(), clock.millis());
        var answered = AnswerRules.answer(
                head, presence, handling, freshness, exchange.key().uri());
        return withoutBody(exchange, stored) ? Answer.withoutBody(answered) : new Answer(answered, body);
    }

    static boolean withoutBody(Exchange exchange, StoredHead stored) {
        return exchange.viewer().method().equals("HEAD") || ValidationRules.viewerHasIt(exchange.viewer(), stored);
    }

    /** What the origin answered to this very request. */
    Answer passed(Exchange exchange, ResponseHead head, Source<ByteString, NotUsed> body, Forward reason) {
        var handling = Handling.forwarded(reason, head.status(), false, false);
        return new Answer(
                AnswerRules.answer(
                        head, presence, handling, null, exchange.key().uri()),
                body);
    }

    /** What is stale, if it may be served; otherwise the status that CloudFront answers with when it has nothing. */
    Answer failed(
            Exchange exchange,
            @Nullable StoredResponse stale,
            Forward reason,
            @Nullable Integer status,
            Throwable failure,
            boolean collapsed) {
        var stored = stale == null ? null : stale.stored();
        var served = CacheRules.onError(exchange.request(), stored, exchange.policy(), clock.millis());
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (stale != null && served.isPresent()) {
            return fromStore(exchange, stale, Handling.staleOnError(reason, status, collapsed));
        }
        return error(
                exchange,
                cause instanceof TimeoutException ? 504 : 502,
                "The request could not be satisfied: the origin did not answer.",
                Handling.forwarded(reason, null, false, collapsed));
    }

    Answer unsatisfiable(Exchange exchange) {
        return error(
                exchange,
                504,
                "The request could not be satisfied: only-if-cached, and nothing stored will do.",
                Handling.unsatisfiable());
    }

    private Answer error(Exchange exchange, int status, String text, Handling handling) {
        var head = AnswerRules.answer(
                new ResponseHead(status, Headers.of("Cache-Control", "no-store")),
                presence,
                handling,
                null,
                exchange.key().uri());
        return Answer.text(head, text);
    }
}
