package io.murmuration.http;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns failures into answers of the service: refusals as they are, anything else as an internal error whose cause is in the log under the call's id. */
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
        } catch (RuntimeException failure) {
            answer = CompletableFuture.failedStage(failure);
        }
        return answer.exceptionally(failure -> rendered(call, Failures.cause(failure)));
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
