package io.murmuration.journal.leveldb;

import io.murmuration.journal.DamagedStoreException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/**
 * What a LevelDB consists of, as its manifest says: a file of edits, each a list of tagged fields (see "version_edit.cc" in LevelDB).
 *
 * @param writeAhead number of the oldest write-ahead file whose content is not in tables yet, 0 if there never was one
 * @param tables the numbers of the tables
 */
record Manifest(long writeAhead, Set<Long> tables) {
    private static final int COMPARATOR = 1;
    private static final int LOG_NUMBER = 2;
    private static final int NEXT_FILE = 3;
    private static final int LAST_SEQUENCE = 4;
    private static final int COMPACT_POINTER = 5;
    private static final int DELETED_FILE = 6;
    private static final int NEW_FILE = 7;
    private static final int PREVIOUS_LOG_NUMBER = 9;

    /** The manifest that counts now. The end of an edit that is just being written is not heeded. */
    static Manifest current(Path db) throws IOException {
        return of(RecordFile.read(file(db)));
    }

    /** @throws DamagedStoreException if there is none */
    static Path file(Path db) throws IOException {
        var name = Files.readString(db.resolve("CURRENT"), StandardCharsets.ISO_8859_1)
                .strip();
        if (!name.startsWith("MANIFEST-") || !Files.exists(db.resolve(name))) {
            throw new DamagedStoreException("The store " + db + " lost its manifest.");
        }
        return db.resolve(name);
    }

    static Manifest of(RecordFile file) {
        var tables = new HashSet<Long>();
        long writeAhead = 0;
        for (var edit : file.records()) {
            try {
                writeAhead = apply(edit.payload().duplicate(), tables, writeAhead);
            } catch (BufferUnderflowException | IllegalArgumentException e) {
                throw new DamagedStoreException(
                        "The manifest " + file.path() + " holds an edit that cannot be read.", e);
            }
        }
        return new Manifest(writeAhead, tables);
    }

    private static long apply(ByteBuffer edit, Set<Long> tables, long before) {
        long writeAhead = before;
        while (edit.hasRemaining()) {
            int tag = (int) Varint.read(edit);
            switch (tag) {
                case LOG_NUMBER -> writeAhead = Varint.read(edit);
                case NEXT_FILE, LAST_SEQUENCE, PREVIOUS_LOG_NUMBER -> Varint.read(edit);
                case COMPARATOR -> Varint.skipBytes(edit);
                case COMPACT_POINTER -> {
                    Varint.read(edit);
                    Varint.skipBytes(edit);
                }
                case DELETED_FILE -> {
                    Varint.read(edit);
                    tables.remove(Varint.read(edit));
                }
                case NEW_FILE -> {
                    Varint.read(edit);
                    tables.add(Varint.read(edit));
                    Varint.read(edit);
                    Varint.skipBytes(edit);
                    Varint.skipBytes(edit);
                }
                default -> throw new IllegalArgumentException("unknown tag " + tag);
            }
        }
        return writeAhead;
    }
}
