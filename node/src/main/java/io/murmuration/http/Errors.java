package io.murmuration.http;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns failures into answers of the service: refusals as they are, anything else as an internal error whose cause is in the log under the call's id.
 *
 * <p>A stack that overflows is a failure of its request alone: what a client sent was nested too deeply for whoever read it, and the stack is whole
 * again. Other errors of the machine end the process.
 */
final class Errors implements Step {
    private static final Logger log = LoggerFactory.getLogger(Errors.class);
    private static final ServiceError INTERNAL = new ServiceError(
            CommonError.INTERNAL,
            "The request processing has failed because of an unknown error, exception or failure.");

    @Override
    public CompletionStage<HttpResponse> pass(Call call, Next next) {
        CompletionStage<HttpResponse> answer;
        try {
            answer = next.pass(call);
        } catch (RuntimeException | StackOverflowError failure) {
            answer = CompletableFuture.failedStage(failure);
        }
        return answer.exceptionally(failure -> rendered(call, Failures.cause(failure)));
    }

    /** All steps, those before this one too. */
    static CompletionStage<HttpResponse> surviving(Call call, Next steps) {
        try {
            return steps.pass(call);
        } catch (StackOverflowError failure) {
            // of its body nothing is known, so that the next request on this connection could not be found
            return CompletableFuture.completedStage(rendered(call, failure).addHeader(Connection.create("close")));
        }
    }

    private static HttpResponse rendered(Call call, Throwable failure) {
        if (failure instanceof ServiceException refusal) {
            return call.service().refuse(call, refusal.error());
        }
        log.error(
                "A request failed unexpectedly; please report this. id={} service={}",
                call.id(),
                call.service().name(),
                failure);
        return call.service().refuse(call, INTERNAL);
    }
}
