package io.murmuration.journal.leveldb;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sound record, then a large one of which the process wrote only a part; what follows tells whether it was once complete. */
class RecordFileTest {
    private static final int BLOCK_BYTES = 32 * 1024;
    private static final int HEADER_BYTES = 7;
    private static final int FULL = 1;
    private static final int FIRST = 2;
    private static final int MIDDLE = 3;
    private static final int LAST = 4;

    private final Path file;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    RecordFileTest(@TempDir Path folder) {
        this.file = folder.resolve("000003.log");
    }

    /** However near to the border of its block the sound record ends: fewer than seven bytes are a trailer that nobody writes to. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 7, 8, 5_000})
    void fragments_of_one_torn_record_are_no_sound_remains(int leftInBlock) throws IOException {
        fillBlockUpTo(leftInBlock);
        int end = content.size();
        tear();

        assertThat(read().end()).isEqualTo(end);
        assertThat(read().hasRemains()).isTrue();
        assertThat(read().hasSoundRemains()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 7, 8, 5_000})
    void a_record_that_begins_behind_a_torn_one_is(int leftInBlock) throws IOException {
        fillBlockUpTo(leftInBlock);
        tear();
        fragment(FULL, 100);

        assertThat(read().hasSoundRemains()).isTrue();
    }

    @Test
    void so_is_the_first_fragment_of_another_large_record() throws IOException {
        fillBlockUpTo(5_000);
        tear();
        fragment(FIRST, roomInBlock());
        fragment(MIDDLE, roomInBlock());

        assertThat(read().hasSoundRemains()).isTrue();
    }

    @Test
    void the_torn_records_own_end_is_not() throws IOException {
        fillBlockUpTo(5_000);
        int first = content.size();
        tear();
        fragment(LAST, 100);
        var bytes = content.toByteArray();
        Arrays.fill(bytes, first, first + 5_000, (byte) 0);
        content.reset();
        content.writeBytes(bytes);

        assertThat(read().end()).isEqualTo(first);
        assertThat(read().hasSoundRemains()).isFalse();
    }

    private void fillBlockUpTo(int left) {
        fragment(FULL, BLOCK_BYTES - HEADER_BYTES - left);
    }

    /** What a process that dies in a record of more than 64 KiB leaves: a first and a middle fragment, and no last one. */
    private void tear() {
        if (BLOCK_BYTES - content.size() % BLOCK_BYTES < HEADER_BYTES) {
            content.writeBytes(new byte[BLOCK_BYTES - content.size() % BLOCK_BYTES]);
        }
        fragment(FIRST, roomInBlock());
        fragment(MIDDLE, roomInBlock());
    }

    private int roomInBlock() {
        return BLOCK_BYTES - content.size() % BLOCK_BYTES - HEADER_BYTES;
    }

    private void fragment(int type, int length) {
        var bytes = new byte[HEADER_BYTES + length];
        Arrays.fill(bytes, HEADER_BYTES, bytes.length, (byte) 'x');
        bytes[6] = (byte) type;
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(Checksum.of(bytes, 6, 1 + length))
                .putShort((short) length);
        content.writeBytes(bytes);
    }

    private RecordFile read() throws IOException {
        Files.write(file, content.toByteArray());
        return RecordFile.read(file);
    }
}
