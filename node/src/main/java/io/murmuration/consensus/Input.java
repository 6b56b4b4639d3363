package io.murmuration.consensus;

import java.util.List;

/** Everything that can happen to a replica. Times are milliseconds of a clock that never runs backwards. */
public sealed interface Input {
    /** Time has passed. */
    record Tick(long nowMillis) implements Input {}

    record Received(Message message) implements Input {}

    /** Commands to append, in this order; answered by {@link Effects#proposed}. */
    record Propose(List<byte[]> payloads) implements Input {}

    /** All effects to persist, up to and including the step with this number, are durable. */
    record Persisted(long step) implements Input {}

    /** A read that must see every write acknowledged before now; answered by {@link Effects#reads} or {@link Effects#readsRefused}. */
    record Read(long readId) implements Input {}

    /** The replica's state now is the leader's at this index, durable, and its log starts after it. */
    record SnapshotInstalled(long index, long indexTerm, Voters voters) implements Input {}

    /** The shell applied everything up to here. */
    record Applied(long index) implements Input {}

    /**
     * The connection to that node has ended. A hint: if it led, this replica need not wait for its silence. The others hear of it too, if it is
     * gone; if it is not, they refuse their consent.
     */
    record Lost(long node) implements Input {}

    /** Hand leadership to this voter if possible (section 3.10). */
    record Transfer(long to) implements Input {}
}
