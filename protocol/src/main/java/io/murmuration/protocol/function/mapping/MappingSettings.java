package io.murmuration.protocol.function.mapping;

import java.util.List;

/**
 * How an event source mapping gathers records and what it does when its function fails.
 *
 * @param batchSize records of one invocation at most, in {@code [1, 10000]}
 * @param windowSeconds for which records are gathered, in {@code [0, 300]}
 * @param recordAgeSeconds after which a record is passed over, in {@code [60, 604800]}, or {@link #UNLIMITED}
 * @param retryAttempts after which a batch is passed over, in {@code [0, 10000]}, or {@link #UNLIMITED}
 * @param bisects whether a batch on which the function failed is split in two
 * @param reportsItemFailures whether the function's answer may say where it failed
 * @param filters patterns of which a record has to match one; empty lets every record pass
 */
public record MappingSettings(
        int batchSize,
        int windowSeconds,
        int recordAgeSeconds,
        int retryAttempts,
        boolean bisects,
        boolean reportsItemFailures,
        List<String> filters) {
    public static final int UNLIMITED = -1;
    static final MappingSettings DEFAULT = new MappingSettings(100, 0, UNLIMITED, UNLIMITED, false, false, List.of());

    public MappingSettings {
        filters = List.copyOf(filters);
    }
}
