package io.murmuration.journal;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Brings another node's rows here. */
@FunctionalInterface
public interface SnapshotSource {
    /** A complete stream as {@link SnapshotExport} makes it, read through once and found sound; whoever is given it deletes the file. */
    record SnapshotFile(Path path, SnapshotHeader header) {}

    /** Fetches the node's rows of the group, at {@code index} or later. Fails if that is not possible now. */
    CompletionStage<SnapshotFile> fetch(long node, int group, long index);

    /** Nothing is fetched any more. */
    default void close() {}

    /** For a node without peers. */
    static SnapshotSource none() {
        return (node, group, index) ->
                CompletableFuture.failedFuture(new IllegalStateException("there is no other node to fetch from"));
    }
}
