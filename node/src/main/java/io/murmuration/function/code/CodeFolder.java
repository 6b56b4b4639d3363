package io.murmuration.function.code;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The code that one node keeps: a file for each zip, named by its id.
 *
 * <p>Owner: one for each data folder, which the node has locked. Its methods wait for the disk; any thread.
 * <p>Invariants: a file under an id was whole and durable before it had that name. Files never change.
 * <p>Failure: an {@link IOException} leaves no file under the id that was not there before.
 */
public final class CodeFolder {
    private static final Logger log = LoggerFactory.getLogger(CodeFolder.class);
    private static final String WRITING = "writing";

    private final Path folder;

    private CodeFolder(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder if it is not there, and removes what a crash left half written. */
    public static CodeFolder open(Path folder) throws IOException {
        var writing = Files.createDirectories(folder.toAbsolutePath().resolve(WRITING));
        try (var leftovers = Files.newDirectoryStream(writing)) {
            for (var leftover : leftovers) {
                Files.delete(leftover);
            }
        }
        syncNames(folder.toAbsolutePath());
        syncNames(Objects.requireNonNull(folder.toAbsolutePath().getParent()));
        return new CodeFolder(folder.toAbsolutePath());
    }

    /** A new file to write to, for {@link #keep}. */
    public Path temporary() throws IOException {
        return Files.createTempFile(folder.resolve(WRITING), "code-", ".zip");
    }

    /**
     * Makes a file durable under the id, and takes it away from where it is.
     *
     * @return false, and nothing is kept, if its content is another's
     */
    public boolean keep(Path temporary, CodeId id) throws IOException {
        try {
            if (!CodeId.of(temporary).equals(id)) {
                return false;
            }
            syncBytes(temporary);
            Files.move(temporary, file(id), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncNames(folder);
            return true;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Makes it durable. Does not look for it first: what is here may be damaged. */
    public void put(CodeId id, byte[] zip) throws IOException {
        var temporary = temporary();
        Files.write(temporary, zip);
        if (!keep(temporary, id)) {
            throw new IOException("The code's bytes changed on their way to the disk: " + id);
        }
    }

    /** Empty if it is not here, or not what it was. */
    public Optional<byte[]> get(CodeId id) throws IOException {
        try {
            var zip = Files.readAllBytes(file(id));
            if (CodeId.of(zip).equals(id)) {
                return Optional.of(zip);
            }
            log.warn("A function's code is damaged here; the other nodes are asked for it. file={}", file(id));
            return Optional.empty();
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private Path file(CodeId id) {
        return folder.resolve(id.hex());
    }

    private static void syncBytes(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void syncNames(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
