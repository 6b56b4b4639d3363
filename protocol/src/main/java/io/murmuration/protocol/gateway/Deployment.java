package io.murmuration.protocol.gateway;

/**
 * A snapshot of an API's routes and integrations.
 *
 * @param description empty if there is none
 * @param auto made by the gateway for stages that deploy by themselves
 */
public record Deployment(String id, String description, boolean auto, long createdMillis) {}
