package io.murmuration.http;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** {@code /_localstack/health}: the shape that tools which wait for an AWS emulator ask for. */
public final class EmulatorHealthRoute implements OwnRoute {
    private static final int OK = 200;

    private final List<String> services;
    private final String version;
    private final BooleanSupplier ready;

    /** @param services names of what this node serves */
    public EmulatorHealthRoute(List<String> services, String version, BooleanSupplier ready) {
        this.services = List.copyOf(services);
        this.version = version;
        this.ready = ready;
    }

    @Override
    public String path() {
        return "/_localstack/health";
    }

    @Override
    public CompletionStage<HttpResponse> answer(HttpRequest request) {
        var state = ready.getAsBoolean() ? "running" : "starting";
        return CompletableFuture.completedStage(JsonReply.of(OK, json -> {
            json.writeObjectFieldStart("services");
            for (var service : services) {
                json.writeStringField(service, state);
            }
            json.writeEndObject();
            json.writeStringField("edition", "murmuration");
            json.writeStringField("version", version);
        }));
    }
}
