package io.murmuration.journal.leveldb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One user of a folder at a time, in this process and among all: the files are looked over before LevelDB takes its own lock. */
final class FolderLock implements AutoCloseable {
    /** A lock on a file ends when its process closes <em>any</em> channel to it, so a second attempt here must not even open one. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /** @throws IOException if the folder is in use */
    static FolderLock take(Path dir) throws IOException {
        var folder = dir.toRealPath();
        if (!HELD_HERE.add(folder)) {
            throw new IOException("The folder " + dir + " is in use by this process.");
        }
        try {
            return new FolderLock(folder, lockedChannel(folder));
        } catch (IOException | RuntimeException e) {
            HELD_HERE.remove(folder);
            throw e;
        }
    }

    private static FileChannel lockedChannel(Path folder) throws IOException {
        var channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw new IOException("The folder " + folder + " is in use by another process.");
        }
        return channel;
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_HERE.remove(folder);
        }
    }
}
