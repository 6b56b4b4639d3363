package io.murmuration.journal;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.cluster.Links;
import io.murmuration.consensus.RaftOptions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What one replica works with.
 *
 * @param replicas node ids of the group's first voters
 * @param disk runs what may wait for the disk
 * @param board where the replica shows itself to other threads
 */
record ReplicaParts(
        int group,
        List<Long> replicas,
        RaftOptions options,
        ReplicaLimits limits,
        ReplicaLog log,
        ReplicaState state,
        Installer installer,
        SnapshotSource snapshots,
        Links links,
        Halt halt,
        Executor disk,
        Clock clock,
        Chance chance,
        ReplicaBoard board) {
    /** Puts a fetched snapshot in the place of the group's rows; waits for the disk. */
    interface Installer {
        SnapshotHeader install(SnapshotSource.SnapshotFile file) throws IOException;
    }

    long self() {
        return options.self();
    }

    /** A clock that never runs backwards. */
    long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanos());
    }

    List<Long> others() {
        return replicas.stream().filter(node -> node != self()).toList();
    }
}
