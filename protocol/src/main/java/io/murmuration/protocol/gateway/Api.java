package io.murmuration.protocol.gateway;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP API, without its parts.
 *
 * @param id ten characters, and the first part of the API's host name
 * @param description empty if there is none
 * @param version as its owner counts; empty if there is none
 * @param endpointDisabled whether it is not to be reached at its own host name
 * @param cors null if the integrations themselves answer browsers
 * @param tags by their keys
 */
public record Api(
        String id,
        String name,
        String description,
        String version,
        boolean endpointDisabled,
        @Nullable Cors cors,
        Map<String, String> tags,
        long createdMillis) {
    public Api {
        tags = Map.copyOf(tags);
    }
}
