package io.murmuration.gateway;

/**
 * What the gateway is told.
 *
 * @param account that owns all APIs, twelve digits
 * @param endpoint scheme, address and port at which this node serves
 */
public record GatewaySettings(String account, String endpoint) {}
