package io.murmuration.protocol.gateway;

/**
 * What answers the requests of routes.
 *
 * @param uri of a function or a URL; may hold {@code ${stageVariables.name}}, and a URL {@code {parameter}} of the route's path
 * @param method that a URL is asked with, {@code ANY} for the request's own; {@code POST} for a function
 * @param payloadFormat {@code 1.0} or {@code 2.0}
 * @param timeoutMillis from the request's being sent until its answer is there
 * @param description empty if there is none
 * @param managed made by the gateway, together with its API
 */
public record Integration(
        String id,
        Type type,
        String uri,
        String method,
        String payloadFormat,
        int timeoutMillis,
        String description,
        boolean managed) {

    public enum Type {
        /** A function, which receives the request as an event. */
        AWS_PROXY,
        /** A URL, which receives the request as it is. */
        HTTP_PROXY
    }
}
