package io.murmuration.main;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Adds up a folder's files. */
final class DiskUse {
    private DiskUse() {}

    /** Bytes of all files below; a file that goes while it is looked at counts for nothing. */
    static long bytesBelow(Path folder) throws IOException {
        var adding = new Adding();
        Files.walkFileTree(folder, adding);
        return adding.bytes;
    }

    private static final class Adding extends SimpleFileVisitor<Path> {
        private long bytes;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            bytes += attributes.size();
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException gone) {
            return FileVisitResult.CONTINUE;
        }
    }
}
