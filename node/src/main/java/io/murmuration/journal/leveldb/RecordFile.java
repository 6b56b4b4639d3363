package io.murmuration.journal.leveldb;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file in LevelDB's record format, which its write-ahead files and its manifest share: blocks of 32 KiB hold fragments of a masked CRC32C, a length, a
 * type and bytes; a record is one fragment or a first, some middle and a last one. See "log_format" in LevelDB's documentation.
 *
 * <p>LevelDB's own reader cannot be asked: version 1.9 takes a record that a crash cut short for corruption, or without paranoid checks skips
 * damaged records without a word.
 */
final class RecordFile {
    /** A record with its place in the file. */
    record Found(int start, ByteBuffer payload) {}

    private static final int BLOCK_BYTES = 32 * 1024;
    private static final int HEADER_BYTES = 7;
    private static final int FULL = 1;
    private static final int FIRST = 2;
    private static final int LAST = 4;

    private final Path path;
    private final ByteBuffer bytes;
    private final List<Found> records = new ArrayList<>();
    private int end;

    private RecordFile(Path path, byte[] content) {
        this.path = path;
        this.bytes = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    static RecordFile read(Path path) throws IOException {
        var file = new RecordFile(path, Files.readAllBytes(path));
        file.parse();
        return file;
    }

    Path path() {
        return path;
    }

    /** The whole and sound records before the first that is not. */
    List<Found> records() {
        return records;
    }

    /** Where the sound records end. */
    int end() {
        return end;
    }

    /** Whether anything but zeros follows the sound records: files are enlarged with zeros before they are written. */
    boolean hasRemains() {
        return !zerosFrom(end);
    }

    /**
     * Whether another record begins behind the first that is not whole and sound: then what lies between was damaged after it was written, for the next is
     * written only when it is. Middle and last fragments are no proof: they may be the torn record's own.
     */
    boolean hasSoundRemains() {
        for (int at = skipTrailer(end) + 1; at < bytes.limit(); at++) {
            if (isFragment(at) && beginsRecord(at)) {
                return true;
            }
        }
        return false;
    }

    /** Ends the file at {@code size}, durably. */
    void cut(int size) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.truncate(size);
            channel.force(true);
        }
    }

    private void parse() {
        var joined = new ByteArrayOutputStream();
        int start = -1;
        int at = 0;
        while (true) {
            at = skipTrailer(at);
            if (!isFragment(at)) {
                return;
            }
            int type = bytes.get(at + 6);
            if (beginsRecord(at) != (start < 0)) {
                return;
            }
            int length = length(at);
            if (beginsRecord(at)) {
                start = at;
            }
            joined.write(bytes.array(), at + HEADER_BYTES, length);
            at += HEADER_BYTES + length;
            if (type == FULL || type == LAST) {
                records.add(
                        new Found(start, ByteBuffer.wrap(joined.toByteArray()).order(ByteOrder.LITTLE_ENDIAN)));
                joined.reset();
                start = -1;
                end = at;
            }
        }
    }

    private static int skipTrailer(int at) {
        int left = BLOCK_BYTES - at % BLOCK_BYTES;
        return left < HEADER_BYTES ? at + left : at;
    }

    private boolean isFragment(int at) {
        if (BLOCK_BYTES - at % BLOCK_BYTES < HEADER_BYTES || at + HEADER_BYTES > bytes.limit()) {
            return false;
        }
        int type = bytes.get(at + 6);
        int length = length(at);
        if (type < FULL
                || type > LAST
                || at % BLOCK_BYTES + HEADER_BYTES + length > BLOCK_BYTES
                || at + HEADER_BYTES + length > bytes.limit()) {
            return false;
        }
        return Checksum.of(bytes.array(), at + 6, 1 + length) == bytes.getInt(at);
    }

    private boolean beginsRecord(int at) {
        int type = bytes.get(at + 6);
        return type == FULL || type == FIRST;
    }

    private int length(int at) {
        return bytes.getShort(at + 4) & 0xffff;
    }

    private boolean zerosFrom(int from) {
        for (int at = from; at < bytes.limit(); at++) {
            if (bytes.get(at) != 0) {
                return false;
            }
        }
        return true;
    }
}
