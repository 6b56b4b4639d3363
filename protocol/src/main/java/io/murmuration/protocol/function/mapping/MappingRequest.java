package io.murmuration.protocol.function.mapping;

import io.murmuration.protocol.function.FunctionName;
import io.murmuration.protocol.table.operation.StreamArn;
import org.jspecify.annotations.Nullable;

/** The requests about event source mappings, checked against Lambda's model. */
public sealed interface MappingRequest {
    record CreateMapping(
            FunctionName function, StreamArn source, StartingPosition start, boolean enabled, MappingChange change)
            implements MappingRequest {}

    record GetMapping(String id) implements MappingRequest {}

    /**
     * @param function only mappings to it; null for all
     * @param source only mappings from it, as its ARN; null for all
     * @param marker where the last page ended; null for the first
     * @param itemsMax in {@code [1, 100]}
     */
    record ListMappings(
            @Nullable FunctionName function,
            @Nullable String source,
            @Nullable String marker,
            int itemsMax) implements MappingRequest {}

    /**
     * @param function null leaves it as it is
     * @param enabled null leaves it as it is
     */
    record UpdateMapping(
            String id,
            @Nullable FunctionName function,
            @Nullable Boolean enabled,
            MappingChange change) implements MappingRequest {}

    record DeleteMapping(String id) implements MappingRequest {}
}
