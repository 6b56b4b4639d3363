package io.murmuration.http;

import io.murmuration.base.Clock;
import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.ServiceError;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Answers in time, with what is known: the outcome is not. The last resort behind the services' own, shorter waits. */
final class Deadline implements Step {
    private static final ServiceError PASSED = new ServiceError(
            ErrorCode.OUTCOME_UNKNOWN,
            "The request's deadline has passed and its outcome is unknown: repeat it only if repeating does no harm.");

    private final Clock clock;
    private final Duration patience;

    Deadline(Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    @Override
    public CompletionStage<HttpResponse> pass(Call call, Next next) {
        var timed = call.by(clock.nanos() + patience.toNanos());
        return next.pass(timed)
                .toCompletableFuture()
                .copy()
                .orTimeout(patience.toNanos(), TimeUnit.NANOSECONDS)
                .exceptionally(failure -> {
                    if (Failures.cause(failure) instanceof TimeoutException) {
                        return call.service().refuse(call, PASSED);
                    }
                    throw Failures.wrapped(failure);
                });
    }
}
