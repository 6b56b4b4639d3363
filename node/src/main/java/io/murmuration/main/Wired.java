package io.murmuration.main;

import io.murmuration.http.OwnRoute;
import io.murmuration.http.Service;
import java.util.List;

/**
 * What a capability serves at the front door.
 *
 * @param services for clients
 * @param routes for the other nodes
 * @param stopping ends what does not end with the actor system, once no request is at work; must not wait
 */
record Wired(List<Service> services, List<OwnRoute> routes, Runnable stopping) {
    Wired(List<Service> services, List<OwnRoute> routes) {
        this(services, routes, () -> {});
    }

    Wired {
        services = List.copyOf(services);
        routes = List.copyOf(routes);
    }

    void stop() {
        stopping.run();
    }
}
