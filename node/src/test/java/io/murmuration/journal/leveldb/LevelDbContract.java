package io.murmuration.journal.leveldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.journal.DamagedStoreException;
import io.murmuration.journal.leveldb.LevelDbOptions.Recovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the stores need of LevelDB, whichever it is. */
abstract class LevelDbContract {
    /** Large enough that nothing moves in the background while files are copied; each start makes a table. */
    private static final int WRITE_BUFFER_BYTES = 4 << 20;

    private static final byte[] FIRST = {};
    private static final byte[] BEYOND = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff};

    private final Path dir;
    private final boolean javaOnly;

    LevelDbContract(Path dir, boolean javaOnly) {
        this.dir = dir;
        this.javaOnly = javaOnly;
    }

    private LevelDb open(Path folder) {
        return LevelDb.open(
                folder, new LevelDbOptions(true, false, Recovery.KEEP_A_PREFIX, 1 << 20, WRITE_BUFFER_BYTES, javaOnly));
    }

    @Test
    void a_batch_is_read_back_and_the_later_change_of_a_key_wins() {
        try (var db = open(dir)) {
            var batch = new WriteBatch();
            batch.put(key(1), key(10));
            batch.put(key(2), key(20));
            batch.put(key(1), key(11));
            batch.delete(key(2));
            db.write(batch, true);

            assertThat(db.get(key(1))).isEqualTo(key(11));
            assertThat(db.get(key(2))).isNull();
            assertThat(db.get(key(3))).isNull();
        }
    }

    @Test
    void keys_are_ordered_as_unsigned_bytes_and_prefixes_come_first() {
        var keys = List.of(key(0), key(0, 0), key(1), key(0x7f), key(0x80), key(0x80, 1), key(0xff));
        try (var db = open(dir)) {
            var batch = new WriteBatch();
            keys.forEach(key -> batch.put(key, key));
            db.write(batch, false);

            assertThat(scan(db, FIRST, BEYOND, false)).containsExactlyElementsOf(keys);
            assertThat(scan(db, FIRST, BEYOND, true)).containsExactlyElementsOf(keys.reversed());
            assertThat(scan(db, key(1), key(0x80), false)).containsExactly(key(1), key(0x7f));
            assertThat(scan(db, key(1), key(0x80), true)).containsExactly(key(0x7f), key(1));
            assertThat(scan(db, key(2), key(3), true)).isEmpty();
            assertThat(scan(db, key(3), key(2), false)).isEmpty();
        }
    }

    @Test
    void an_empty_store_has_nothing_to_walk() {
        try (var db = open(dir)) {
            assertThat(scan(db, FIRST, BEYOND, false)).isEmpty();
            assertThat(scan(db, FIRST, BEYOND, true)).isEmpty();
        }
    }

    @Test
    void a_cursor_sees_the_store_as_it_was_when_it_was_opened() {
        try (var db = open(dir)) {
            put(db, key(1), key(1));
            try (var up = db.scan(FIRST, BEYOND, false);
                    var down = db.scan(FIRST, BEYOND, true)) {
                put(db, key(2), key(2));

                assertThat(drain(up)).containsExactly(key(1));
                assertThat(drain(down)).containsExactly(key(1));
            }
        }
    }

    @Test
    void after_the_close_every_call_is_refused_and_an_open_cursor_still_walks() {
        var db = open(dir);
        put(db, key(1), key(1));
        var cursor = db.scan(FIRST, BEYOND, false);

        db.close();
        db.close();

        assertThatThrownBy(() -> db.get(key(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> put(db, key(1), key(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> db.scan(FIRST, BEYOND, false)).isInstanceOf(IllegalStateException.class);
        assertThat(drain(cursor)).containsExactly(key(1));
        cursor.close();
        cursor.close();
        assertThatThrownBy(cursor::next).isInstanceOf(IllegalStateException.class);
        try (var again = open(dir)) {
            assertThat(again.get(key(1))).isEqualTo(key(1));
        }
    }

    /** A copy of the files of an open store is what a killed process leaves. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void a_killed_process_loses_nothing_that_was_written_synced_or_not(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        var model = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
        for (int start = 1; start <= 3; start++) {
            try (var db = open(dir.resolve("0"))) {
                for (int i = 0; i < 100; i++) {
                    db.write(randomBatch(random, model), random.nextInt(10) == 0);
                }
                if (start == 3) {
                    copy(dir.resolve("0"), dir.resolve("1"));
                }
            }
        }

        try (var db = open(dir.resolve("1"));
                var cursor = db.scan(FIRST, BEYOND, false)) {
            var found = new TreeMap<byte[], byte[]>(Arrays::compareUnsigned);
            while (cursor.next()) {
                found.put(cursor.key(), cursor.value());
            }
            assertThat(found.keySet()).as("seed %d", seed).containsExactlyElementsOf(model.keySet());
            found.forEach((key, value) -> assertThat(value).isEqualTo(model.get(key)));
            assertThat(scan(db, FIRST, BEYOND, true))
                    .containsExactlyElementsOf(model.descendingMap().keySet());
        }
    }

    private static WriteBatch randomBatch(RandomGenerator random, Map<byte[], byte[]> model) {
        var batch = new WriteBatch();
        for (int changes = random.nextInt(5); changes >= 0; changes--) {
            var key = key(random.nextInt(256), random.nextInt(3));
            if (random.nextInt(4) == 0) {
                batch.delete(key);
                model.remove(key);
            } else {
                var value = new byte[random.nextInt(2_000)];
                random.nextBytes(value);
                batch.put(key, value);
                model.put(key, value);
            }
        }
        return batch;
    }

    @Test
    void a_changed_byte_of_a_table_is_never_read_as_a_value() throws IOException {
        try (var db = open(dir)) {
            for (int i = 0; i < 200; i++) {
                put(db, key(i), new byte[1_000]);
            }
        }
        open(dir).close();
        var table = LiveTables.of(dir).getFirst();
        var content = Files.readAllBytes(table);
        content[content.length / 2] ^= 1;
        Files.write(table, content);

        assertThatThrownBy(() -> {
                    try (var db = open(dir)) {
                        for (int i = 0; i < 200; i++) {
                            assertThat(db.get(key(i))).hasSize(1_000).containsOnly(0);
                        }
                    }
                })
                .isInstanceOf(DamagedStoreException.class);
        assertThatThrownBy(() -> open(dir)).isInstanceOf(DamagedStoreException.class);
        Files.delete(dir.resolve("damaged"));
        assertThatThrownBy(() -> {
                    try (var db = open(dir)) {
                        scan(db, FIRST, BEYOND, true);
                    }
                })
                .isInstanceOf(DamagedStoreException.class);
    }

    @Test
    void everything_is_durable_after_a_sync_of_all() {
        try (var db = open(dir)) {
            for (int i = 0; i < 100; i++) {
                put(db, key(i), new byte[5_000]);
            }

            var last = new WriteBatch();
            last.put(key(200), key(1));
            db.syncAll(last);

            assertThat(db.get(key(200))).isEqualTo(key(1));
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static byte[] key(int... unsigned) {
        var bytes = new byte[unsigned.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) unsigned[i];
        }
        return bytes;
    }

    private static void put(LevelDb db, byte[] key, byte[] value) {
        var batch = new WriteBatch();
        batch.put(key, value);
        db.write(batch, false);
    }

    private static List<byte[]> scan(LevelDb db, byte[] from, byte[] to, boolean reverse) {
        try (var cursor = db.scan(from, to, reverse)) {
            return drain(cursor);
        }
    }

    private static List<byte[]> drain(Cursor cursor) {
        var keys = new ArrayList<byte[]>();
        while (cursor.next()) {
            keys.add(cursor.key());
        }
        return keys;
    }
}
