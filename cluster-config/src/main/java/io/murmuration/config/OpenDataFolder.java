package io.murmuration.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One node's part of a data folder, held by this process alone.
 *
 * <p>Owner: the node's main, from before its stores open until after they are closed.
 */
public final class OpenDataFolder implements AutoCloseable {
    private final Path path;
    private final ClusterSettings cluster;
    private final ClusterSettings.Node node;
    private final NodeIdentity identity;
    private final FolderLock lock;

    private OpenDataFolder(
            Path path, ClusterSettings cluster, ClusterSettings.Node node, NodeIdentity identity, FolderLock lock) {
        this.path = path;
        this.cluster = cluster;
        this.node = node;
        this.identity = identity;
        this.lock = lock;
    }

    static OpenDataFolder lock(Path path, ClusterSettings cluster, ClusterSettings.Node node, NodeIdentity identity) {
        var lock = FolderLock.take(
                path.resolve(DataFolder.LOCK_FILE), "Another process runs node " + node.number() + " on " + path + ".");
        return new OpenDataFolder(path, cluster, node, identity, lock);
    }

    /** Where the node's stores live. */
    public Path path() {
        return path;
    }

    public ClusterSettings cluster() {
        return cluster;
    }

    public ClusterSettings.Node node() {
        return node;
    }

    /**
     * Whether the node made its stores in an earlier start: if so, a missing store is lost, and the node damaged. As of the opening of the folder.
     */
    public boolean startedBefore() {
        return identity.started();
    }

    /** Notes durably that the stores are there. Call it when they have been made and before anything is promised on them. */
    public void noteStarted() {
        if (!identity.started()) {
            try {
                AtomicFile.write(path.resolve(DataFolder.IDENTITY_FILE), FolderCodec.encode(identity.asStarted()));
            } catch (IOException e) {
                throw DataFolder.unusable(path, e);
            }
        }
    }

    /** Whether somebody removed the folder, or moved it, under the running node. */
    public boolean isGone() {
        return Files.notExists(path.resolve(DataFolder.IDENTITY_FILE));
    }

    @Override
    public void close() {
        lock.close();
    }
}
