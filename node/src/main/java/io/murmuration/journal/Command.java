package io.murmuration.journal;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the log's entries of kind {@code COMMAND} say. Each carries the term of the leader that proposed it and has an effect only in an entry of
 * that term: a proposal that was delayed into another's office changes nothing (docs/safety.md, rule 17).
 */
sealed interface Command {
    long term();

    String persistenceId();

    /**
     * Appends events to an entity.
     *
     * @param expectedSequenceNumber the entity's highest sequence number must be this, or nothing happens
     * @param highestSequenceNumber the entity's highest sequence number afterwards: at least the last event's, more if later ones were rejected
     * @param events in the order of their sequence numbers, which may have gaps where an event was rejected
     */
    record AppendEvents(
            long term,
            String persistenceId,
            long expectedSequenceNumber,
            long highestSequenceNumber,
            String writerUuid,
            List<LoggedEvent> events)
            implements Command {}

    /** Deletes the events up to this sequence number, at most {@link ApplyRules#DELETIONS_MAX} of them; the highest one stays known. */
    record DeleteEvents(long term, String persistenceId, long toSequenceNumber) implements Command {}

    /**
     * One part of a snapshot. The snapshot appears with its last part, if all others are there; it replaces one of the same sequence number.
     *
     * @param upload distinguishes attempts to save the same snapshot
     * @param part from 0; the last is {@code parts - 1}
     * @param payload the part's bytes; serializer and manifest are the whole snapshot's
     */
    record SaveSnapshotPart(
            long term,
            String persistenceId,
            long sequenceNumber,
            long timestampMillis,
            long upload,
            int part,
            int parts,
            Payload payload,
            @Nullable Payload metadata)
            implements Command {}

    /** Deletes the entity's snapshots within all these bounds, each inclusive. */
    record DeleteSnapshots(
            long term,
            String persistenceId,
            long minSequenceNumber,
            long maxSequenceNumber,
            long minTimestampMillis,
            long maxTimestampMillis)
            implements Command {}

    /** Why a command that was committed had no effect. */
    enum Refusal {
        /** The entry's term is not the command's. */
        OTHER_TERM,
        /** The entity's highest sequence number is not the expected one. */
        OTHER_SEQUENCE_NUMBER,
        /** The last part of a snapshot came without all others. */
        PART_MISSING
    }

    /** The bytes of all parts of a payload of at most {@code partBytesMax} each; at least one part. */
    static List<byte[]> cut(byte[] bytes, int partBytesMax) {
        var parts = new java.util.ArrayList<byte[]>();
        for (int from = 0; from < bytes.length || parts.isEmpty(); from += partBytesMax) {
            parts.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + partBytesMax)));
        }
        return List.copyOf(parts);
    }
}
