package io.murmuration.function.runtime;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionErrors;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Unpacks a function's code. Nothing is written outside the folder, and no more bytes than allowed, whatever the zip claims of itself. A link in the
 * zip becomes a file that holds its target.
 */
public final class CodePackage {
    /** As Lambda's limit, in bytes. */
    public static final long UNZIPPED_BYTES_MAX = 262_144_000;

    private static final Logger log = LoggerFactory.getLogger(CodePackage.class);
    private static final int CHUNK_BYTES = 1 << 16;

    /** Permissions of entries that tell none are those that a zip made without care for them gets. */
    private static final Map<String, Object> OPTIONS =
            Map.of("enablePosixFileAttributes", true, "defaultPermissions", "rw-r--r--");

    private final @Nullable Path target;
    private final long bytesMax;
    private long bytes;

    /** @param target null if nothing is to be written */
    private CodePackage(@Nullable Path target, long bytesMax) {
        this.target = target;
        this.bytesMax = bytesMax;
    }

    /**
     * Unpacks into a folder that is made, or empty. Waits for the disk.
     *
     * @param bytesMax of all files together
     * @throws ServiceException in Lambda's words if it is no zip, or too large; the folder then holds a part of it
     * @throws IOException if the folder cannot be written
     */
    public static void unpack(byte[] zip, Path target, long bytesMax) throws IOException {
        Files.createDirectories(target);
        read(
                zip,
                Objects.requireNonNull(target.toAbsolutePath().getParent()),
                new CodePackage(target.toAbsolutePath().normalize(), bytesMax));
    }

    /**
     * Reads all of it, as {@link #unpack} would, and writes none of it.
     *
     * @param folder for the zip while it is read; made if it is not there
     * @throws ServiceException in Lambda's words if it is no zip, or too large
     * @throws IOException if the folder cannot be written
     */
    public static void check(byte[] zip, Path folder, long bytesMax) throws IOException {
        Files.createDirectories(folder);
        read(zip, folder, new CodePackage(null, bytesMax));
    }

    private static void read(byte[] zip, Path folder, CodePackage reader) throws IOException {
        var file = Files.createTempFile(folder, "code", ".zip");
        try {
            Files.write(file, zip);
            reader.unpack(file);
        } finally {
            Files.delete(file);
        }
    }

    private void unpack(Path zip) throws IOException {
        try (var files = FileSystems.newFileSystem(zip, OPTIONS)) {
            var root = files.getPath("/");
            Files.walkFileTree(root, new Unpacker(root));
        } catch (ZipException | EOFException | ProviderNotFoundException | IllegalArgumentException notAZip) {
            throw new ServiceException(FunctionErrors.notUnzipped());
        } catch (FileSystemException unusable) {
            log.info("A function's zip has names that are none here, or there is no room for it.", unusable);
            throw new ServiceException(FunctionErrors.notUnzipped());
        }
    }

    private final class Unpacker extends SimpleFileVisitor<Path> {
        private final Path root;

        Unpacker(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            if (target != null) {
                Files.createDirectories(in(target, folder));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path entry, BasicFileAttributes attributes) throws IOException {
            if (target == null) {
                copy(entry, OutputStream.nullOutputStream());
                return FileVisitResult.CONTINUE;
            }
            var file = in(target, entry);
            try (var to = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
                copy(entry, to);
            }
            var permissions = EnumSet.of(PosixFilePermission.OWNER_READ);
            permissions.addAll(Files.getPosixFilePermissions(entry));
            Files.setPosixFilePermissions(file, permissions);
            return FileVisitResult.CONTINUE;
        }

        private void copy(Path entry, OutputStream to) throws IOException {
            var chunk = new byte[CHUNK_BYTES];
            try (var from = Files.newInputStream(entry)) {
                for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
                    bytes += read;
                    if (bytes >= bytesMax) {
                        throw new ServiceException(FunctionErrors.unzippedTooLarge(bytesMax));
                    }
                    to.write(chunk, 0, read);
                }
            }
        }

        private Path in(Path folder, Path entry) {
            var path = folder.resolve(root.relativize(entry).toString()).normalize();
            if (!path.startsWith(folder)) {
                throw new ServiceException(FunctionErrors.notUnzipped());
            }
            return path;
        }
    }
}
