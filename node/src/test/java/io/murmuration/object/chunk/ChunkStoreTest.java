package io.murmuration.object.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkStoreTest {
    private static final ChunkId ID = new ChunkId(0xab00000000000001L, 2);

    private Path folder;
    private ChunkStore store;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        folder = temporary;
        store = ChunkStore.open(folder);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 300_000})
    void a_chunk_is_read_as_it_was_written(int length) throws IOException {
        var bytes = bytes(new Random(length), length);
        write(ID, bytes);

        try (var reader = ChunkStore.open(folder).open(ID)) {
            reader.verify();
            assertThat(reader.bytes()).isEqualTo(length);
            assertThat(reader.read(0, length)).isEqualTo(ByteBuffer.wrap(bytes));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_range_of_it_is_read(int seed) throws IOException {
        var random = new Random(seed);
        var bytes = bytes(random, 1 + random.nextInt(200_000));
        write(ID, bytes);

        try (var reader = store.open(ID)) {
            for (int range = 0; range < 20; range++) {
                int from = random.nextInt(bytes.length);
                int to = from + random.nextInt(bytes.length - from + 1);
                assertThat(reader.read(from, to))
                        .as("seed %d", seed)
                        .isEqualTo(ByteBuffer.wrap(bytes, from, to - from));
            }
        }
    }

    @Test
    void what_is_not_committed_is_not_there_and_leaves_nothing() throws IOException {
        try (var writer = store.create(ID)) {
            writer.write(ByteBuffer.wrap(new byte[100]));

            assertThat(store.has(ID)).isFalse();
            assertThat(store.list(null, 10)).isEmpty();
            assertThat(files("writing")).hasSize(1);
        }

        assertThat(files("writing")).isEmpty();
        assertThatThrownBy(() -> store.open(ID)).isInstanceOf(NoSuchFileException.class);
    }

    /** A crash: the writer is never closed. */
    @Test
    void what_a_crash_left_half_written_is_removed_at_the_start() throws IOException {
        write(new ChunkId(1, 1), new byte[] {1});
        try (var writer = store.create(ID)) {
            writer.write(ByteBuffer.wrap(new byte[100]));
            Files.copy(folder.resolve("writing").resolve(ID.toString()), folder.resolve("writing/other"));
            assertThat(files("writing")).hasSize(2);

            var next = ChunkStore.open(folder);

            assertThat(files("writing")).isEmpty();
            assertThat(next.list(null, 10)).containsExactly(new ChunkId(1, 1));
        }
        assertThat(files("writing")).isEmpty();
    }

    @Test
    void a_chunk_never_changes() throws IOException {
        write(ID, new byte[] {1});

        assertThatThrownBy(() -> store.create(ID)).isInstanceOf(FileAlreadyExistsException.class);
        try (var reader = store.open(ID)) {
            assertThat(reader.read(0, 1)).isEqualTo(ByteBuffer.wrap(new byte[] {1}));
        }
    }

    @Test
    void a_chunk_has_eight_mebibytes_at_most() throws IOException {
        try (var writer = store.create(ID)) {
            writer.write(ByteBuffer.allocate(ChunkStore.CHUNK_BYTES_MAX));

            assertThat(writer.room()).isZero();
            assertThatThrownBy(() -> writer.write(ByteBuffer.allocate(1))).isInstanceOf(IllegalArgumentException.class);
            writer.commit();
        }
        try (var reader = store.open(ID)) {
            reader.verify();
            assertThat(reader.bytes()).isEqualTo(ChunkStore.CHUNK_BYTES_MAX);
        }
    }

    @Test
    void a_deleted_chunk_is_gone_but_for_who_reads_it() throws IOException {
        write(ID, new byte[] {1, 2});
        try (var reader = store.open(ID)) {
            assertThat(store.delete(ID)).isTrue();

            assertThat(reader.read(0, 2)).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        }
        assertThat(store.delete(ID)).isFalse();
        assertThat(store.has(ID)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void pages_of_a_listing_are_all_chunks_in_order(int seed) throws IOException {
        var random = new Random(seed);
        var ids = new TreeSet<ChunkId>();
        for (int at = 0; at < 12; at++) {
            var id = new ChunkId(random.nextLong() & 0x83ffffffffffffffL, random.nextLong());
            // a listing looks at names alone
            Files.createDirectories(folder.resolve(id.folder()));
            Files.createFile(folder.resolve(id.folder()).resolve(id.toString()));
            ids.add(id);
        }
        Files.createDirectories(folder.resolve("00"));
        Files.writeString(folder.resolve("00/not-a-chunk"), "");
        var listed = new ArrayList<ChunkId>();
        List<ChunkId> page;
        do {
            page = store.list(listed.isEmpty() ? null : listed.getLast(), 5);
            listed.addAll(page);
        } while (page.size() == 5);

        assertThat(listed).as("seed %d", seed).containsExactlyElementsOf(ids);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void a_torn_file_is_found(int seed) throws IOException {
        var random = new Random(seed);
        write(ID, bytes(random, 1 + random.nextInt(200_000)));
        var file = file(ID);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(random.nextInt((int) channel.size()));
        }

        assertThatThrownBy(() -> verify(ID)).as("seed %d", seed).isInstanceOf(ChunkDamagedException.class);
    }

    /** Wherever it is: in the bytes, in the sums, in the trailer. */
    @ParameterizedTest
    @MethodSource("seeds")
    void a_flipped_bit_is_found(int seed) throws IOException {
        var random = new Random(seed);
        write(ID, bytes(random, random.nextInt(200_000)));
        var content = Files.readAllBytes(file(ID));
        int at = random.nextInt(3) == 0 ? content.length - 1 - random.nextInt(32) : random.nextInt(content.length);
        content[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(file(ID), content);

        assertThatThrownBy(() -> verify(ID)).as("seed %d", seed).isInstanceOf(ChunkDamagedException.class);
    }

    @Test
    void a_range_is_read_beside_a_damaged_block() throws IOException {
        var bytes = bytes(new Random(1), 200_000);
        write(ID, bytes);
        var content = Files.readAllBytes(file(ID));
        content[70_000] ^= 1;
        Files.write(file(ID), content);

        try (var reader = store.open(ID)) {
            assertThat(reader.read(140_000, 140_010)).isEqualTo(ByteBuffer.wrap(bytes, 140_000, 10));
            assertThatThrownBy(() -> reader.read(65_536, 65_537)).isInstanceOf(ChunkDamagedException.class);
        }
    }

    @Test
    void a_damaged_file_is_noted_and_stays_until_it_is_replaced() throws IOException {
        var bytes = bytes(new Random(1), 200_000);
        write(ID, bytes);
        var content = Files.readAllBytes(file(ID));
        content[70_000] ^= 1;
        Files.write(file(ID), content);

        assertThat(store.lacks(ID)).isFalse();
        assertThat(store.isWhole(ID)).isFalse();
        assertThat(store.lacks(ID)).isTrue();
        try (var writer = store.replace(ID)) {
            writer.write(ByteBuffer.wrap(bytes));
            assertThat(Files.readAllBytes(file(ID))).isEqualTo(content);
            writer.commit();
        }

        assertThat(store.isWhole(ID)).isTrue();
        assertThat(store.lacks(ID)).isFalse();
        assertThat(files("writing")).isEmpty();
    }

    @Test
    void a_replacement_that_is_given_up_leaves_what_was_there() throws IOException {
        write(ID, new byte[] {1});
        try (var writer = store.replace(ID)) {
            writer.write(ByteBuffer.wrap(new byte[] {2}));
        }

        assertThat(store.isWhole(ID)).isTrue();
        assertThat(files("writing")).isEmpty();
    }

    /** A file of a later release is no damage, and so nothing that may be replaced. */
    @Test
    void a_format_that_is_not_known_is_an_error_and_no_damage() throws IOException {
        write(ID, bytes(new Random(1), 100));
        var content = ByteBuffer.wrap(Files.readAllBytes(file(ID)));
        int fixed = content.limit() - ChunkTrailer.FIXED_BYTES;
        content.putInt(fixed + 20, 2);
        content.putInt(fixed + 28, ChunkTrailer.sum(content.slice(100, fixed + 28 - 100)));
        Files.write(file(ID), content.array());

        assertThatThrownBy(() -> store.isWhole(ID))
                .isNotInstanceOf(ChunkDamagedException.class)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version 2");
        assertThat(store.lacks(ID)).isFalse();
        assertThat(Files.readAllBytes(file(ID))).isEqualTo(content.array());
    }

    /** A folder in the file's place can be opened and not read, as a file on a bad sector. */
    @Test
    void a_file_that_cannot_be_read_is_damaged() throws IOException {
        Files.createDirectories(file(ID));

        assertThat(store.isWhole(ID)).isFalse();
        assertThat(store.lacks(ID)).isTrue();
    }

    @Test
    void a_writer_that_failed_removes_nothing_that_others_have_written() throws IOException {
        var failed = store.create(ID);
        failed.write(ByteBuffer.wrap(new byte[] {1}));
        Files.delete(folder.resolve("writing").resolve(ID.toString()));
        write(ID, new byte[] {2});

        assertThatThrownBy(failed::commit).isInstanceOf(IOException.class);
        failed.close();
        assertThat(store.isWhole(ID)).isTrue();

        store.delete(ID);
        try (var next = store.create(ID)) {
            next.write(ByteBuffer.wrap(new byte[] {3}));
            failed.close();
            next.commit();
        }
        assertThat(store.isWhole(ID)).isTrue();
    }

    @Test
    void a_copy_of_other_bytes_than_were_sent_is_never_there() throws IOException {
        for (var copy : List.of(
                LocalCopy.create(store, ID, Runnable::run),
                LocalCopy.replace(store, new ChunkId(7, 7), Runnable::run))) {
            copy.write(ByteString.fromString("bird"));
            var ended = copy.end(ChunkTrailer.sum(ByteBuffer.wrap(new byte[] {1})));
            copy.abort();

            assertThat(ended.toCompletableFuture()).isCompletedExceptionally();
        }
        assertThat(store.list(null, 10)).isEmpty();
        assertThat(files("writing")).isEmpty();
    }

    @Test
    void another_chunks_file_is_found() throws IOException {
        var other = new ChunkId(0xab00000000000002L, 2);
        write(ID, new byte[] {1});
        Files.copy(file(ID), file(other));

        assertThatThrownBy(() -> verify(other))
                .isInstanceOf(ChunkDamagedException.class)
                .hasMessageContaining("another chunk's file");
    }

    @Test
    void a_files_bytes_are_as_ever() throws IOException {
        write(ID, "bird".getBytes(StandardCharsets.US_ASCII));

        var content = HexFormat.of().formatHex(Files.readAllBytes(file(ID)));

        assertThat(content)
                .isEqualTo("62697264" + "0ef21448" + "ab00000000000001" + "0000000000000002" + "00000004" + "00000001"
                        + "4d754368" + "1d8212f3");
    }

    static IntStream seeds() {
        return IntStream.range(0, 30);
    }

    private void write(ChunkId id, byte[] bytes) throws IOException {
        try (var writer = store.create(id)) {
            int at = 0;
            while (at < bytes.length) {
                int length = Math.min(bytes.length - at, 7_000);
                writer.write(ByteBuffer.wrap(bytes, at, length));
                at += length;
            }
            writer.commit();
        }
    }

    private void verify(ChunkId id) throws IOException {
        try (var reader = store.open(id)) {
            reader.verify();
        }
    }

    private Path file(ChunkId id) {
        return folder.resolve(id.folder()).resolve(id.toString());
    }

    private List<String> files(String name) throws IOException {
        try (var files = Files.list(folder.resolve(name))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static byte[] bytes(Random random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
