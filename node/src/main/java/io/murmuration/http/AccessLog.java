package io.murmuration.http;

import io.murmuration.base.Clock;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each request, at level debug: off unless asked for, because it costs more than many a request. */
final class AccessLog implements Step {
    private static final Logger log = LoggerFactory.getLogger("io.murmuration.access");

    private final Clock clock;

    AccessLog(Clock clock) {
        this.clock = clock;
    }

    @Override
    public CompletionStage<HttpResponse> pass(Call call, Next next) {
        if (!log.isDebugEnabled()) {
            return next.pass(call);
        }
        long began = clock.nanos();
        return next.pass(call).whenComplete((response, failure) -> {
            var status = failure == null ? String.valueOf(response.status().intValue()) : "failed";
            var target =
                    call.header("X-Amz-Target").orElse(call.request().getUri().path());
            log.debug(
                    "id={} method={} target={} status={} micros={}",
                    call.id(),
                    call.request().method().value(),
                    target,
                    status,
                    (clock.nanos() - began) / 1000);
        });
    }
}
