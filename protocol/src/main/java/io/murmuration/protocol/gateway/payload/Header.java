package io.murmuration.protocol.gateway.payload;

/** A header of a request or an answer. */
public record Header(String name, String value) {}
