package io.murmuration.consensus;

import java.util.Arrays;
import java.util.Objects;

/**
 * One entry of a group's replicated log.
 *
 * <p>The payload is never modified after construction; callers must not write to what {@link #payload()} returns.
 */
public final class Entry {
    /** What an entry is to the core; all but {@code COMMAND} are the core's own. */
    public enum Kind {
        /** The empty entry with which a leader opens its term (dissertation, section 6.4). */
        TERM_OPENED,
        /** A voter set ({@link Voters}), in force as soon as it is appended (section 4.1). */
        VOTERS,
        /** Whatever the layer above proposed. */
        COMMAND
    }

    private final long index;
    private final long term;
    private final Kind kind;
    private final byte[] payload;

    public Entry(long index, long term, Kind kind, byte[] payload) {
        this.index = index;
        this.term = term;
        this.kind = Objects.requireNonNull(kind);
        this.payload = Objects.requireNonNull(payload);
    }

    /** Position in the log, from 1. */
    public long index() {
        return index;
    }

    /** The term of the leader that made it. */
    public long term() {
        return term;
    }

    public Kind kind() {
        return kind;
    }

    /** The bytes as proposed; shared, not to be written to. */
    public byte[] payload() {
        return payload;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Entry that
                && index == that.index
                && term == that.term
                && kind == that.kind
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return Objects.hash(index, term, kind) * 31 + Arrays.hashCode(payload);
    }

    @Override
    public String toString() {
        return index + "@" + term + " " + kind + " " + payload.length + " B";
    }
}
