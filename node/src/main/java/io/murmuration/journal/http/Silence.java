package io.murmuration.journal.http;

import io.murmuration.base.Clock;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/** Cancels a transfer that brings nothing for a while: the HTTP client's own timeout ends with the head of the answer. */
final class Silence {
    private final Clock clock;
    private volatile long heardNanos;

    Silence(Clock clock) {
        this.clock = clock;
        this.heardNanos = clock.nanos();
    }

    <T> BodySubscriber<T> watch(BodySubscriber<T> body) {
        return new Watched<>(body);
    }

    /** Looks at it every so often until it is done. */
    void end(CompletableFuture<?> transfer, Duration silenceMax) {
        CompletableFuture.delayedExecutor(silenceMax.toMillis() / 2, TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (transfer.isDone()) {
                        return;
                    }
                    if (clock.nanos() - heardNanos > silenceMax.toNanos()) {
                        transfer.cancel(true);
                    } else {
                        end(transfer, silenceMax);
                    }
                });
    }

    private final class Watched<T> implements BodySubscriber<T> {
        private final BodySubscriber<T> body;

        Watched(BodySubscriber<T> body) {
            this.body = body;
        }

        @Override
        public CompletionStage<T> getBody() {
            return body.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            body.onSubscribe(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> bytes) {
            heardNanos = clock.nanos();
            body.onNext(bytes);
        }

        @Override
        public void onError(Throwable failure) {
            body.onError(failure);
        }

        @Override
        public void onComplete() {
            body.onComplete();
        }
    }
}
