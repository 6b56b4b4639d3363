package io.murmuration.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Finds the first service that accepts the request; what nobody accepts goes to {@link NoService}. */
final class Identification implements Step {
    private final List<Service> services;
    private final Duration patience;

    Identification(List<Service> services, Duration patience) {
        this.patience = patience;
        this.services = List.copyOf(services);
    }

    @Override
    public CompletionStage<HttpResponse> pass(Call call, Next next) {
        for (var service : services) {
            if (service.accepts(call.request())) {
                return next.pass(call.to(service, patience));
            }
        }
        return next.pass(call);
    }
}
