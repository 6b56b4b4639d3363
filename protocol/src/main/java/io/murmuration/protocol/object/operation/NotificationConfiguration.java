package io.murmuration.protocol.object.operation;

import java.util.List;

/**
 * Which functions are told of which changes in a bucket.
 *
 * @param functions empty if nobody is told
 */
public record NotificationConfiguration(List<ToFunction> functions) {
    public static final NotificationConfiguration NONE = new NotificationConfiguration(List.of());

    /**
     * One rule.
     *
     * @param id the client's; empty if it gave none
     * @param function its ARN
     * @param events such as {@code s3:ObjectCreated:*}; at least one
     * @param prefix of the keys; empty for all
     * @param suffix of the keys; empty for all
     */
    public record ToFunction(String id, String function, List<String> events, String prefix, String suffix) {}
}
