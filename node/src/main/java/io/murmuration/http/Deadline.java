package io.murmuration.http;

import io.murmuration.base.Clock;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/**
 * Answers in time, with what is known: the outcome is not. The last resort behind the services' own, shorter waits. It comes after the body is there:
 * before, nothing can have been done.
 */
final class Deadline implements Step {
    private static final ServiceError PASSED = new ServiceError(
            CommonError.OUTCOME_UNKNOWN,
            "The request's deadline has passed and its outcome is unknown: repeat it only if repeating does no harm.");

    private final Clock clock;

    Deadline(Clock clock) {
        this.clock = clock;
    }

    @Override
    public CompletionStage<HttpResponse> pass(Call call, Next next) {
        return next.pass(call)
                .toCompletableFuture()
                .copy()
                .orTimeout(call.deadlineNanos() - clock.nanos(), TimeUnit.NANOSECONDS)
                .exceptionally(failure -> {
                    if (Failures.cause(failure) instanceof TimeoutException) {
                        return call.service().refuse(call, PASSED);
                    }
                    throw Failures.wrapped(failure);
                });
    }
}
