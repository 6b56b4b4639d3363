package io.murmuration.object.chunk;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chunks of one node: a file each.
 *
 * <p>Owner: one per folder and process; the node's data folder is locked by its journal. Its methods block on the disk.
 * <p>Invariants: a file under a chunk's id was whole and durable before it had that name. A chunk never changes; what is damaged is replaced whole.
 * <p>Failure: {@link ChunkDamagedException} for what is not as it was written, {@link NoSuchFileException} for a chunk that is not here, {@link IOException}
 * for a disk that fails; a write that fails leaves no chunk.
 * <p>Limits: a chunk has at most {@link #CHUNK_BYTES_MAX}.
 */
public final class ChunkStore {
    public static final int CHUNK_BYTES_MAX = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ChunkStore.class);
    private static final int FOLDERS = 256;
    private static final String WRITING = "writing";

    /** Of damaged chunks that are remembered: the scrubber finds others again. */
    private static final int DAMAGED_MAX = 10_000;

    private final Path folder;
    private final Set<ChunkId> damaged = ConcurrentHashMap.newKeySet();
    /** Those whose own names are durable. */
    private final Set<String> folders = ConcurrentHashMap.newKeySet();

    private ChunkStore(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder if it is not there, and removes what a crash left half written. */
    public static ChunkStore open(Path folder) throws IOException {
        Files.createDirectories(folder.resolve(WRITING));
        sync(folder);
        sync(Objects.requireNonNull(folder.toAbsolutePath().getParent()));
        removeLeftovers(folder.resolve(WRITING));
        return new ChunkStore(folder);
    }

    /** @param id never used before */
    public ChunkWriter create(ChunkId id) throws IOException {
        return create(id, false);
    }

    /** Makes a chunk anew that is damaged or missing. What is left of it can be read until the new one takes its name. */
    ChunkWriter replace(ChunkId id) throws IOException {
        return create(id, true);
    }

    private ChunkWriter create(ChunkId id, boolean replaces) throws IOException {
        if (!folders.contains(id.folder())) {
            Files.createDirectories(folder.resolve(id.folder()));
            sync(folder);
            folders.add(id.folder());
        }
        var writing = folder.resolve(WRITING).resolve(id.toString());
        return ChunkWriter.create(id, replaces, writing, folder.resolve(id.folder()), CHUNK_BYTES_MAX);
    }

    public ChunkReader open(ChunkId id) throws IOException {
        return ChunkReader.open(id, path(id));
    }

    public boolean has(ChunkId id) {
        return Files.exists(path(id));
    }

    /** Whether it is not here, or was found damaged. */
    boolean lacks(ChunkId id) {
        return damaged.contains(id) || !has(id);
    }

    /** It was made anew. */
    void mended(ChunkId id) {
        damaged.remove(id);
    }

    /** Somebody found it damaged, or could not read its file. */
    void noteDamage(ChunkId id) {
        if (damaged.size() < DAMAGED_MAX && damaged.add(id)) {
            LOG.warn("A chunk's file is damaged; look at the disk if it happens again: {}", id);
        }
    }

    /**
     * Whether it was here. Not synced: after a crash a deleted chunk may be back, to be found again by the scrubber as one that nothing needs.
     */
    public boolean delete(ChunkId id) throws IOException {
        damaged.remove(id);
        return Files.deleteIfExists(path(id));
    }

    /**
     * Verifies all of a chunk. A damaged file is noted and left where it is: its other blocks may be the only copies of theirs.
     *
     * @return whether it is here and whole
     */
    public boolean isWhole(ChunkId id) throws IOException {
        try (var reader = open(id)) {
            reader.verify();
            damaged.remove(id);
            return true;
        } catch (NoSuchFileException gone) {
            LOG.debug("A chunk is not here: {}", id, gone);
            damaged.remove(id);
            return false;
        } catch (ChunkDamagedException found) {
            LOG.debug("A chunk is damaged.", found);
            noteDamage(id);
            return false;
        }
    }

    /**
     * At most {@code max} chunks in the order of their ids, for the scrubber. Fewer only if no more are here. What else lies in the folders is not
     * listed, nor what lies in a folder that cannot be read.
     *
     * @param after list those after this one; null for all
     */
    public List<ChunkId> list(@Nullable ChunkId after, int max) {
        var found = new ArrayList<ChunkId>();
        int first = after == null ? 0 : HexFormat.fromHexDigits(after.folder());
        for (int at = first; at < FOLDERS && found.size() < max; at++) {
            found.addAll(inFolder(name(at), after));
        }
        return found.size() <= max ? found : List.copyOf(found.subList(0, max));
    }

    /** Makes the names in the folder durable. */
    static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private List<ChunkId> inFolder(String name, @Nullable ChunkId after) {
        if (!Files.isDirectory(folder.resolve(name))) {
            return List.of();
        }
        var ids = new ArrayList<ChunkId>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve(name))) {
            for (var file : files) {
                var id =
                        ChunkId.parse(Objects.requireNonNull(file.getFileName()).toString());
                if (id != null && id.folder().equals(name) && (after == null || id.compareTo(after) > 0)) {
                    ids.add(id);
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            LOG.warn("A folder of chunks cannot be read and is passed over; look at the disk: {}", name, unreadable);
        }
        ids.sort(null);
        return ids;
    }

    private static void removeLeftovers(Path writing) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(writing)) {
            for (var file : files) {
                Files.delete(file);
            }
        }
    }

    private Path path(ChunkId id) {
        return folder.resolve(id.folder()).resolve(id.toString());
    }

    private static String name(int folder) {
        return HexFormat.of().toHexDigits((byte) folder);
    }
}
