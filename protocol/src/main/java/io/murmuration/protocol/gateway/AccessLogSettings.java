package io.murmuration.protocol.gateway;

/**
 * A line for each request of a stage.
 *
 * @param destinationArn where it goes on AWS; here it is shown beside the line
 * @param format the line, with {@code $context} variables
 */
public record AccessLogSettings(String destinationArn, String format) {}
