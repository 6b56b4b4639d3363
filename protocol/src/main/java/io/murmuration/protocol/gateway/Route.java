package io.murmuration.protocol.gateway;

import org.jspecify.annotations.Nullable;

/**
 * Which requests go to an integration.
 *
 * @param key see {@link RouteKey}
 * @param integrationId null if there is none yet: its requests are not found
 * @param operationName what its owner calls it; empty if nothing
 * @param managed made by the gateway, together with its API
 */
public record Route(String id, String key, @Nullable String integrationId, String operationName, boolean managed) {}
