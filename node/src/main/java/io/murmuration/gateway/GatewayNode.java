package io.murmuration.gateway;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.catalogue.Resources;

/** The gateway of this node. */
public record GatewayNode(Apis apis, ServedApis served) {
    public static GatewayNode start(Resources resources, GatewaySettings settings, Clock clock, Chance chance) {
        return new GatewayNode(new ApiService(resources, settings, clock, chance), new CatalogueApis(resources, clock));
    }
}
