package io.murmuration.protocol.function.mapping;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a request says of a mapping's settings: null where it says nothing. See {@link MappingSettings}. */
public record MappingChange(
        @Nullable Integer batchSize,
        @Nullable Integer windowSeconds,
        @Nullable Integer recordAgeSeconds,
        @Nullable Integer retryAttempts,
        @Nullable Boolean bisects,
        @Nullable Boolean reportsItemFailures,
        @Nullable List<String> filters) {
    /** The settings of a new mapping. */
    public MappingSettings settings() {
        return on(MappingSettings.DEFAULT);
    }

    /** The settings, changed. */
    public MappingSettings on(MappingSettings before) {
        return new MappingSettings(
                Objects.requireNonNullElse(batchSize, before.batchSize()),
                Objects.requireNonNullElse(windowSeconds, before.windowSeconds()),
                Objects.requireNonNullElse(recordAgeSeconds, before.recordAgeSeconds()),
                Objects.requireNonNullElse(retryAttempts, before.retryAttempts()),
                Objects.requireNonNullElse(bisects, before.bisects()),
                Objects.requireNonNullElse(reportsItemFailures, before.reportsItemFailures()),
                Objects.requireNonNullElse(filters, before.filters()));
    }
}
