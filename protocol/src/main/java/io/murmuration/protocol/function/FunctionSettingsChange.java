package io.murmuration.protocol.function;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of a function's configuration; null where it says nothing. The meanings and units are those of {@link FunctionConfiguration}.
 *
 * @param packageType {@code Zip} is the only one there is
 */
public record FunctionSettingsChange(
        @Nullable String runtime,
        @Nullable String role,
        @Nullable String handler,
        @Nullable String description,
        @Nullable Long timeoutSeconds,
        @Nullable Long memoryMegabytes,
        @Nullable Long temporaryMegabytes,
        @Nullable Map<String, String> variables,
        @Nullable List<String> architectures,
        @Nullable String packageType) {}
