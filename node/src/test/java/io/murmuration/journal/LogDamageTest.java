package io.murmuration.journal;

import static io.murmuration.journal.StoreTesting.NEVER;
import static io.murmuration.journal.StoreTesting.all;
import static io.murmuration.journal.StoreTesting.entries;
import static io.murmuration.journal.StoreTesting.entry;
import static io.murmuration.journal.StoreTesting.persist;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.murmuration.consensus.Entry;
import io.murmuration.consensus.HardState;
import io.murmuration.journal.leveldb.LiveTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log store makes of files that were cut, changed or lost (docs/safety.md, rule 7). */
class LogDamageTest {
    private final Path dir;

    LogDamageTest(@TempDir Path folder) {
        this.dir = folder.resolve("log");
    }

    private LogStore open() {
        return LogStore.open(dir, LogStoreOptions.defaults().withCreateIfMissing(false), NEVER);
    }

    /** Two groups, one of them with entries 1 to 9 in a table and 10 to 19 in the write-ahead file, each batch of its own. */
    private void fill() {
        try (var store = LogStore.open(dir, LogStoreOptions.defaults(), NEVER)) {
            persist(store.log(4), new HardState(1, 2), entries(1, 10, 1));
            persist(store.log(5), new HardState(1, 2), entries(1, 10, 1));
        }
        try (var store = open()) {
            for (int i = 10; i < 20; i++) {
                persist(store.log(4), null, entries(i, i + 1, 2));
            }
        }
    }

    /** A batch of several fragments: some are whole where the process died, with or without a power failure that lost the first. */
    @ParameterizedTest
    @CsvSource({"100, false", "20000, false", "50000, false", "70000, false", "99000, false", "100, true", "20000, true"
    })
    void a_tail_that_was_never_acknowledged_is_cut_off_without_a_word(int cut, boolean firstLost) throws IOException {
        fill();
        var highWater = Files.readAllBytes(dir.resolve("high-water"));
        try (var store = open()) {
            persist(store.log(4), null, List.of(entry(20, 2, "x".repeat(100_000))));
        }
        // the process died while it wrote that batch: a part of it is there, and the high-water file was not reached
        Files.write(dir.resolve("high-water"), highWater);
        if (firstLost) {
            var file = StoreTesting.newestWriteAhead(dir);
            var content = Files.readAllBytes(file);
            Arrays.fill(content, content.length - 100_000, content.length - 80_000, (byte) 0);
            Files.write(file, content);
        }
        StoreTesting.cutTail(dir, cut);

        try (var store = open()) {
            assertThat(store.log(4).view().lastIndex()).isEqualTo(19);
            persist(store.log(4), null, List.of(entry(20, 3, "y")));
        }
        try (var store = open()) {
            assertThat(store.log(4).view().entries(20, 1)).containsExactly(entry(20, 3, "y"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 30, 200, 100_000})
    void a_tail_that_was_acknowledged_is_missed(int bytes) throws IOException {
        fill();
        StoreTesting.cutTail(dir, bytes);

        assertThatThrownBy(this::open).isInstanceOf(DamagedStoreException.class).hasMessageContaining("are lost");
    }

    @Test
    void damage_is_remembered_until_the_store_is_begun_anew() throws IOException {
        fill();
        StoreTesting.cutTail(dir, 1);

        assertThatThrownBy(this::open).isInstanceOf(DamagedStoreException.class);
        assertThatThrownBy(this::open).isInstanceOf(DamagedStoreException.class);
        try (var store = LogStore.beginAnew(dir, LogStoreOptions.defaults(), NEVER)) {
            assertThat(store.log(4).damaged()).isTrue();
        }
        assertThatCode(() -> open().close()).doesNotThrowAnyException();
    }

    @Test
    void a_changed_batch_in_the_middle_is_found_even_without_the_high_water_file() throws IOException {
        fill();
        Files.write(dir.resolve("high-water"), LogStoreCodec.encode(0));
        var file = StoreTesting.newestWriteAhead(dir);
        var content = Files.readAllBytes(file);
        content[content.length / 2] ^= 0x10;
        Files.write(file, content);

        assertThatThrownBy(this::open).isInstanceOf(DamagedStoreException.class);
    }

    @Test
    void each_file_is_missed() throws IOException {
        fill();
        List<String> names;
        try (var found = Files.walk(dir)) {
            names = found.filter(Files::isRegularFile)
                    .map(file -> dir.relativize(file).toString())
                    .filter(name -> name.matches("high-water|.*\\.log|.*\\.sst|.*\\.ldb|.*MANIFEST.*|.*CURRENT"))
                    .toList();
        }
        assertThat(names).hasSizeGreaterThanOrEqualTo(5);
        for (var name : names) {
            var copy = dir.resolveSibling(dir.getFileName() + "-without-" + name.replace('/', '-'));
            StoreTesting.copy(dir, copy);
            Files.delete(copy.resolve(name));

            assertThatThrownBy(() -> contentOf(copy, false))
                    .as("without %s", name)
                    .isInstanceOf(DamagedStoreException.class);

            StoreTesting.deleteAll(copy);
        }
    }

    @Test
    void a_missing_store_is_damage_where_there_must_be_one() throws IOException {
        fill();
        StoreTesting.deleteAll(dir.resolve("db"));
        assertThatThrownBy(() -> LogStore.open(dir, LogStoreOptions.defaults(), NEVER))
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("missing");

        StoreTesting.deleteAll(dir);
        assertThatThrownBy(this::open).isInstanceOf(DamagedStoreException.class).hasMessageContaining("missing");
    }

    /** Each batch overwrites the store's own record; a table keeps all versions of it, and a read needs only the newest. */
    @Test
    void a_changed_byte_anywhere_in_a_table_is_found_at_the_start() throws IOException {
        try (var store = LogStore.open(dir, LogStoreOptions.defaults(), NEVER)) {
            for (int i = 1; i <= 400; i++) {
                persist(store.log(4), null, entries(i, i + 1, 1));
            }
            store.log(4).truncate(300);
            persist(store.log(4), null, entries(401, 402, 1));
        }
        open().close();
        var table = LiveTables.of(dir).getLast();
        int size = (int) Files.size(table);
        for (int at = 100; at < size - 48; at += size / 24) {
            var copy = dir.resolveSibling("flipped-" + at);
            StoreTesting.copy(dir, copy);
            var content = Files.readAllBytes(table);
            content[at] ^= 0x10;
            Files.write(copy.resolve(dir.relativize(table)), content);

            assertThat(catchThrowable(() -> contentOf(copy, false)))
                    .as("byte %d of %d", at, size)
                    .isInstanceOf(DamagedStoreException.class);

            StoreTesting.deleteAll(copy);
        }
    }

    /** Whatever byte of whatever file changes: what is read is what was written, or the store is damaged. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void no_changed_byte_passes_for_what_was_written(boolean javaOnly) throws IOException {
        fill();
        var expected = contentOf(dir, javaOnly);
        int detected = 0;
        int runs = javaOnly ? 50 : 100;
        for (int seed = 1; seed <= runs; seed++) {
            var random = new SplittableRandom(seed);
            var copy = dir.resolveSibling(dir.getFileName() + "-" + javaOnly + "-" + seed);
            StoreTesting.copy(dir, copy);
            var file = StoreTesting.changeOneByte(copy, random);

            try {
                assertThat(contentOf(copy, javaOnly))
                        .as("seed %d, %s", seed, file)
                        .isEqualTo(expected);
            } catch (DamagedStoreException e) {
                detected++;
            }
            StoreTesting.deleteAll(copy);
        }
        assertThat(detected).isGreaterThan(runs / 2);
    }

    private static List<Entry> contentOf(Path dir, boolean javaOnly) {
        var options = LogStoreOptions.defaults().withCreateIfMissing(false).withJavaOnly(javaOnly);
        try (var store = LogStore.open(dir, options, NEVER)) {
            var content = new ArrayList<>(all(store.log(4)));
            content.addAll(all(store.log(5)));
            content.add(entry(
                    store.log(4).hardState().term(), store.log(4).hardState().votedFor(), ""));
            return content;
        }
    }
}
