package io.murmuration.trigger;

import io.murmuration.protocol.function.FunctionName;
import io.murmuration.protocol.function.mapping.MappingSettings;
import io.murmuration.protocol.function.mapping.StartingPosition;
import io.murmuration.protocol.table.operation.StreamArn;
import java.util.UUID;

/**
 * An event source mapping, as the catalogue has it.
 *
 * @param table id of the table whose stream it reads
 * @param enabled what the user wants
 * @param status how far the shards are with it
 * @param modifiedMillis when a user last changed it, epoch milliseconds
 * @param revision of the catalogue's resource; 0 if it is not there yet
 */
record Mapping(
        UUID id,
        FunctionName function,
        StreamArn source,
        long table,
        StartingPosition start,
        MappingSettings settings,
        boolean enabled,
        Status status,
        long modifiedMillis,
        long revision) {
    enum Status {
        /** Its cursors are being made. */
        CREATING(1),
        /** Its cursors are being told to run, or to pause. */
        CHANGING(2),
        /** Its cursors do what the user wants. */
        SETTLED(3),
        /** Its cursors are being closed; then it goes. */
        DELETING(4);

        private final int stored;

        Status(int stored) {
            this.stored = stored;
        }

        int stored() {
            return stored;
        }

        static Status of(int stored) {
            for (var status : values()) {
                if (status.stored == stored) {
                    return status;
                }
            }
            throw new IllegalArgumentException("unknown status of a stored mapping: " + stored);
        }
    }

    /** Whether its records are to be delivered. */
    boolean runs() {
        return enabled && status == Status.SETTLED;
    }

    boolean settled() {
        return status == Status.SETTLED;
    }

    /** As Lambda names it. */
    String state() {
        return switch (status) {
            case CREATING -> "Creating";
            case CHANGING -> enabled ? "Enabling" : "Disabling";
            case SETTLED -> enabled ? "Enabled" : "Disabled";
            case DELETING -> "Deleting";
        };
    }

    Mapping with(Status newStatus) {
        return new Mapping(id, function, source, table, start, settings, enabled, newStatus, modifiedMillis, revision);
    }

    /** As a user changed it. */
    Mapping changed(
            FunctionName newFunction,
            MappingSettings newSettings,
            boolean newEnabled,
            Status newStatus,
            long nowMillis) {
        return new Mapping(
                id, newFunction, source, table, start, newSettings, newEnabled, newStatus, nowMillis, revision);
    }

    Mapping at(long newRevision) {
        return new Mapping(id, function, source, table, start, settings, enabled, status, modifiedMillis, newRevision);
    }
}
