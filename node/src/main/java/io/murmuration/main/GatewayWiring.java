package io.murmuration.main;

import io.murmuration.base.Chance;
import io.murmuration.function.Functions;
import io.murmuration.gateway.GatewayNode;
import io.murmuration.gateway.GatewaySettings;
import io.murmuration.gateway.http.ApiAdapter;
import io.murmuration.gateway.http.GatewayAdapter;
import java.util.List;

/** Wires HTTP APIs. */
final class GatewayWiring {
    private static final String ACCOUNT = "000000000000";

    private GatewayWiring() {}

    /** @param functions that APIs call */
    static Wired serve(Parts parts, Functions functions) {
        var gateway = GatewayNode.start(
                parts.catalogue(),
                new GatewaySettings(ACCOUNT, "http://" + parts.endpoint()),
                parts.clock(),
                Chance.system());
        return new Wired(
                List.of(
                        new ApiAdapter(
                                parts.system(), gateway.served(), functions, ACCOUNT, parts.clock(), Chance.system()),
                        new GatewayAdapter(gateway.apis())),
                List.of());
    }
}
