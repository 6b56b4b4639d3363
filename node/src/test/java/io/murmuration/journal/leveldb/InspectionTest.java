package io.murmuration.journal.leveldb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.journal.DamagedStoreException;
import io.murmuration.journal.leveldb.LevelDbOptions.Recovery;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two write-ahead files, as they are when the first is full and not in a table yet. A power failure may then keep the second, which was synced, and lose the
 * end of the first, which LevelDB closes without syncing it.
 */
class InspectionTest {
    private final Path dir;
    private final List<Path> files = new ArrayList<>();

    InspectionTest(@TempDir Path dir) {
        this.dir = dir;
    }

    private LevelDb open(Recovery recovery) {
        return LevelDb.open(dir, new LevelDbOptions(true, false, recovery, 1 << 20, 4 << 20, false));
    }

    /** Batches a, b and c in the first file, d and e in the second. */
    @BeforeEach
    void fill() throws IOException {
        try (var db = open(Recovery.KEEP_A_PREFIX)) {
            for (var key : List.of("a", "b", "c")) {
                var batch = new WriteBatch();
                batch.put(key.getBytes(UTF_8), new byte[100]);
                db.write(batch, true);
            }
        }
        var first = LevelDbFiles.writeAhead(LevelDb.dbFolder(dir)).getFirst();
        long next = nextSequence(first);
        var second = LevelDbFiles.writeAhead(LevelDb.dbFolder(dir), LevelDbFiles.number(first) + 10);
        var content = new ByteArrayOutputStream();
        content.writeBytes(record(next, "d"));
        content.writeBytes(record(next + 1, "e"));
        Files.write(second, content.toByteArray());
        files.add(first);
        files.add(second);
    }

    @Test
    void files_that_follow_each_other_are_read_both() {
        assertThat(keysAfter(Recovery.EVERY_BATCH_WAS_SYNCED)).containsExactly("a", "b", "c", "d", "e");
    }

    @Test
    void what_follows_a_cut_file_is_dropped_where_batches_were_not_synced() throws IOException {
        cut(files.getFirst(), 5);

        assertThat(keysAfter(Recovery.KEEP_A_PREFIX)).containsExactly("a", "b");
    }

    @Test
    void a_batch_that_is_missing_as_a_whole_is_missed_by_its_number() throws IOException {
        var found = RecordFile.read(files.getFirst());
        found.cut(found.records().getLast().start());

        assertThat(keysAfter(Recovery.KEEP_A_PREFIX)).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_file_that_is_lost_as_a_whole_is_missed_when_a_later_one_is_there(boolean zeros) throws IOException {
        var size = zeros ? (int) Files.size(files.getFirst()) : 0;
        Files.write(files.getFirst(), new byte[size]);

        assertThatThrownBy(() -> keysAfter(Recovery.EVERY_BATCH_WAS_SYNCED)).isInstanceOf(DamagedStoreException.class);
        Files.delete(dir.resolve("damaged"));
        assertThat(keysAfter(Recovery.KEEP_A_PREFIX)).isEmpty();
    }

    @Test
    void what_no_manifest_names_is_not_verified_and_what_it_names_is() throws IOException {
        for (int open = 0; open < 2; open++) {
            keysAfter(Recovery.KEEP_A_PREFIX); // each open makes a table of what was in write-ahead files
        }
        try (var db = open(Recovery.KEEP_A_PREFIX)) {
            var folder = LevelDb.dbFolder(dir);
            long number = Manifest.current(folder).tables().iterator().next();
            var table = LevelDbFiles.table(folder, number).orElseThrow();
            var content = Files.readAllBytes(table);
            Files.write(folder.resolve("999998.sst"), new byte[0]);
            Files.write(folder.resolve("999999.sst"), Arrays.copyOf(content, content.length / 2));

            db.verify();

            content[content.length / 3] ^= 1;
            Files.write(table, content);
            assertThatThrownBy(db::verify).isInstanceOf(DamagedStoreException.class);
        }
    }

    @Test
    void digits_of_the_locale_are_none_of_the_names() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("fa-IR-u-nu-arabext"));
        try {
            assertThat(LevelDbFiles.writeAhead(dir, 12)).isEqualTo(dir.resolve("000012.log"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void a_gap_is_damage_where_every_batch_was_synced() throws IOException {
        var found = RecordFile.read(files.getFirst());
        found.cut(found.records().getLast().start());

        assertThatThrownBy(() -> open(Recovery.EVERY_BATCH_WAS_SYNCED)).isInstanceOf(DamagedStoreException.class);
    }

    @Test
    void a_cut_file_is_damage_where_every_batch_was_synced_and_another_follows() throws IOException {
        cut(files.getFirst(), 5);

        assertThatThrownBy(() -> open(Recovery.EVERY_BATCH_WAS_SYNCED)).isInstanceOf(DamagedStoreException.class);
    }

    @Test
    void the_end_of_the_last_file_may_be_half_written_or_still_be_zeros() throws IOException {
        cut(files.getLast(), 5);
        var content = Files.readAllBytes(files.getLast());
        Files.write(files.getLast(), Arrays.copyOf(content, content.length + 4_096));

        assertThat(keysAfter(Recovery.EVERY_BATCH_WAS_SYNCED)).containsExactly("a", "b", "c", "d");
    }

    @Test
    void the_first_file_is_missed() throws IOException {
        Files.delete(files.getFirst());

        assertThatThrownBy(() -> open(Recovery.KEEP_A_PREFIX)).isInstanceOf(DamagedStoreException.class);
    }

    private List<String> keysAfter(Recovery recovery) {
        var keys = new ArrayList<String>();
        try (var db = open(recovery);
                var cursor = db.scan(new byte[0], new byte[] {(byte) 0xff}, false)) {
            while (cursor.next()) {
                keys.add(new String(cursor.key(), UTF_8));
            }
        }
        return keys;
    }

    private static void cut(Path file, int bytes) throws IOException {
        var found = RecordFile.read(file);
        found.cut(found.end() - bytes);
    }

    private static long nextSequence(Path file) throws IOException {
        var last = RecordFile.read(file).records().getLast().payload();
        return last.getLong(0) + last.getInt(Long.BYTES);
    }

    /** One whole record with a batch that puts the key. */
    private static byte[] record(long sequence, String key) {
        var batch = ByteBuffer.allocate(17).order(ByteOrder.LITTLE_ENDIAN);
        batch.putLong(sequence).putInt(1).put((byte) 1).put((byte) 1).put(key.getBytes(UTF_8));
        batch.put((byte) 1).put((byte) 0);
        var record = new byte[7 + 17];
        var fragment = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
        fragment.position(4).putShort((short) 17).put((byte) 1).put(batch.flip());
        fragment.putInt(0, Checksum.of(record, 6, 18));
        return record;
    }
}
