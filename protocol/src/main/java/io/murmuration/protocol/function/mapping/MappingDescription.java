package io.murmuration.protocol.function.mapping;

/**
 * A mapping as replies show it.
 *
 * @param id a UUID
 * @param arn of the mapping
 * @param sourceArn of the stream
 * @param functionArn with the qualifier, if the mapping names one
 * @param state one of Creating, Enabling, Enabled, Disabling, Disabled, Updating, Deleting
 * @param modifiedMillis when a user last changed it, epoch milliseconds
 * @param lastResult what became of the last records
 */
public record MappingDescription(
        String id,
        String arn,
        String sourceArn,
        String functionArn,
        StartingPosition start,
        MappingSettings settings,
        String state,
        long modifiedMillis,
        String lastResult) {}
