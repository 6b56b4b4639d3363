package io.murmuration.trigger;

import io.murmuration.function.Functions;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionError;
import io.murmuration.protocol.function.FunctionName;
import io.murmuration.protocol.function.mapping.BatchResponse;
import io.murmuration.trigger.BatchReads.Batch;
import io.murmuration.trigger.ReaderRules.Ended;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls a function with a batch, and says how it ended. */
final class BatchInvocation {
    private static final Logger LOG = LoggerFactory.getLogger(BatchInvocation.class);
    private static final int SYSTEM_ERRORS = 500;

    private BatchInvocation() {}

    /**
     * Never fails.
     *
     * @param reports whether the answer may name records
     */
    static CompletionStage<Ended> invoke(Functions functions, FunctionName function, Batch batch, boolean reports) {
        return call(functions, function, batch)
                .handle((answer, failure) ->
                        answer == null ? refused(function, failure) : answered(answer, batch, reports));
    }

    private static CompletionStage<Functions.Answer> call(Functions functions, FunctionName function, Batch batch) {
        try {
            return functions.invoke(
                    new Functions.Call(function, ByteString.fromArrayUnsafe(batch.payload()), "", "", false));
        } catch (RuntimeException broken) {
            return CompletableFuture.failedFuture(broken);
        }
    }

    private static Ended answered(Functions.Answer answer, Batch batch, boolean reports) {
        if (answer.result().functionError().isPresent()) {
            return new Ended.Failed();
        }
        if (!reports) {
            return new Ended.Done();
        }
        var payload = answer.result().payload().toArray();
        return switch (BatchResponse.read(payload, batch.sequenceNumbers())) {
            case BatchResponse.Result.Done done -> new Ended.Done();
            case BatchResponse.Result.DoneBefore before -> new Ended.DoneBefore(before.index());
            case BatchResponse.Result.Unreadable unreadable -> new Ended.Failed();
        };
    }

    private static Ended refused(FunctionName function, Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (!(cause instanceof ServiceException refused)) {
            LOG.warn("A function could not be called for a stream: function {}", function.name(), cause);
            return new Ended.Refused("PROBLEM: Internal error");
        }
        var code = refused.error().code();
        if (code == FunctionError.NOT_FOUND) {
            return new Ended.Refused("PROBLEM: Function not found");
        }
        if (code == FunctionError.TOO_MANY_REQUESTS) {
            return new Ended.Refused("PROBLEM: Function call was throttled");
        }
        return code.status() >= SYSTEM_ERRORS ? new Ended.Refused("PROBLEM: Internal error") : new Ended.Failed();
    }
}
