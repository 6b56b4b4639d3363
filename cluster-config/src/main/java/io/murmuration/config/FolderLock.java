package io.murmuration.config;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file locked by this process alone until closed. The operating system frees the lock of a killed process. */
public final class FolderLock implements AutoCloseable {
    private final Path file;
    private final FileLock lock;

    private FolderLock(Path file, FileLock lock) {
        this.file = file;
        this.lock = lock;
    }

    /** @param otherwise the sentence of the refusal if somebody else holds it */
    static FolderLock take(Path file, String otherwise) {
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                var lock = channel.tryLock();
                if (lock != null) {
                    return new FolderLock(file, lock);
                }
            } catch (OverlappingFileLockException e) {
                channel.close(); // held by this very process, which the platform reports in its own way
                throw new DataFolderException(otherwise, e);
            }
            channel.close();
            throw new DataFolderException(otherwise);
        } catch (IOException e) {
            throw DataFolder.unusable(file, e);
        }
    }

    @Override
    public void close() {
        try (var channel = lock.channel()) {
            lock.release();
        } catch (IOException e) {
            throw DataFolder.unusable(file, e);
        }
    }
}
