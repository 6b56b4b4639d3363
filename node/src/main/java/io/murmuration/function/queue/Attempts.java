package io.murmuration.function.queue;

import io.murmuration.function.Functions;
import io.murmuration.function.queue.RetryRules.Attempt;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionError;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls functions for events, and says how it ended. */
final class Attempts {
    private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);
    private static final int SYSTEM_ERRORS = 500;

    private Attempts() {}

    /** Never fails. */
    static CompletionStage<Attempt> make(Functions functions, Functions.Call call) {
        return invoke(functions, call)
                .handle((answer, failure) -> answer == null
                        ? refused(call, failure)
                        : answer.result().functionError().isPresent() ? Attempt.FAILED : Attempt.DELIVERED);
    }

    private static CompletionStage<Functions.Answer> invoke(Functions functions, Functions.Call call) {
        try {
            return functions.invoke(call);
        } catch (RuntimeException broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    private static Attempt refused(Functions.Call call, Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof ServiceException refused)) {
            LOG.warn("A function could not be called for an event: function {}", call.function(), cause);
            return Attempt.REFUSED;
        }
        var code = refused.error().code();
        if (code == FunctionError.NOT_FOUND) {
            return Attempt.FUNCTION_GONE;
        }
        return code == FunctionError.TOO_MANY_REQUESTS || code.status() >= SYSTEM_ERRORS
                ? Attempt.REFUSED
                : Attempt.FAILED;
    }
}
