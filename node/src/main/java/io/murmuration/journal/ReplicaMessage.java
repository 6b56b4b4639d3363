package io.murmuration.journal;

import io.murmuration.cluster.Leadership.OfficeChange;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** What a {@link ReplicaActor} is told. Results complete on its thread. */
interface ReplicaMessage {
    record Tick() implements ReplicaMessage {}

    /** An encoded message of another replica. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Received(byte[] message) implements ReplicaMessage {}

    /** The connection to that node has ended. */
    record Lost(long node) implements ReplicaMessage {}

    sealed interface Request extends ReplicaMessage {}

    /** See {@link ReplicaLogic#append}. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Append(byte[] command, CompletableFuture<Long> result) implements Request {}

    /** See {@link Journal#barrier}. */
    record Barrier(CompletableFuture<Long> result) implements Request {}

    /** See {@link Journal#applied}. */
    record AwaitApplied(long index, CompletableFuture<Void> result) implements Request {}

    /** See {@link io.murmuration.cluster.Leadership#onOffice}. */
    record Listen(Consumer<OfficeChange> listener) implements Request {}

    /** Hands leadership over if it leads; completes when it leads no longer, or after a second. */
    record HandOver(CompletableFuture<Void> result) implements Request {}

    /** Ends the replica; completes when it will touch its stores no more. */
    record Close(CompletableFuture<Void> result) implements Request {}
}
