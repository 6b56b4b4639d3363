package io.murmuration.journal;

import static io.murmuration.journal.StateStoreTest.put;
import static io.murmuration.journal.StateStoreTest.rows;
import static io.murmuration.journal.StoreTesting.NEVER;
import static io.murmuration.journal.StoreTesting.entries;
import static io.murmuration.journal.StoreTesting.persist;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the state store makes of files that were cut or changed: an earlier state of the whole, or damage; never a mixture. */
class StateDamageTest {
    private final Path dir;

    StateDamageTest(@TempDir Path folder) {
        this.dir = folder.resolve("data");
    }

    private static StateStore open(Path dir, boolean javaOnly) {
        var options = StateStoreOptions.defaults().withCreateIfMissing(false).withJavaOnly(javaOnly);
        return StateStore.open(dir, options, NEVER);
    }

    /** Each index changes two rows of one of two groups; the first half ends in tables. Returns what was true at each index. */
    private static List<String> fill(Path dir) {
        var states = new ArrayList<String>();
        for (int half = 0; half < 2; half++) {
            try (var store = StateStore.open(dir, StateStoreOptions.defaults(), NEVER)) {
                for (int i = 1; i <= 40; i++) {
                    long index = half * 40L + i;
                    store.state(i % 2)
                            .apply(List.of(put("a" + i % 7, "a" + index), put("b", "b" + index)), index, 1, null);
                    states.add(describe(store));
                }
            }
        }
        return states;
    }

    private static String describe(StateStore store) {
        return store.state(0).appliedIndex() + " " + rows(store.state(0), "", null, false) + " "
                + store.state(1).appliedIndex() + " " + rows(store.state(1), "", null, true);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_changed_byte_gives_an_earlier_state_or_damage(boolean javaOnly) throws IOException {
        var states = fill(dir);
        int earlier = 0;
        int damaged = 0;
        int runs = javaOnly ? 50 : 100;
        for (int seed = 1; seed <= runs; seed++) {
            var copy = dir.resolveSibling("copy-" + seed);
            StoreTesting.copy(dir, copy);
            var file = StoreTesting.changeOneByte(copy, new SplittableRandom(seed));
            try (var store = open(copy, javaOnly)) {
                store.verify();
                assertThat(states).as("seed %d, %s", seed, file).contains(describe(store));
                earlier++;
            } catch (DamagedStoreException e) {
                damaged++;
            }
            StoreTesting.deleteAll(copy);
        }
        assertThat(earlier).isPositive();
        assertThat(damaged).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 100, 1_000, 1_000_000})
    void a_cut_tail_gives_an_earlier_state(int bytes) throws IOException {
        var states = fill(dir);
        StoreTesting.cutTail(dir, bytes);

        try (var store = open(dir, false)) {
            assertThat(states.subList(39, 79)).contains(describe(store));
            assertThat(store.state(0).durableIndex()).isEqualTo(store.state(0).appliedIndex());
        }
    }

    @Test
    void a_changed_table_is_found_by_reading_everything() throws IOException {
        try (var store = StateStore.open(dir, StateStoreOptions.defaults(), NEVER)) {
            for (int i = 1; i < 100; i++) {
                store.state(1).apply(List.of(put("key" + i, "x".repeat(1_000))), i, 1, null);
            }
        }
        open(dir, false).close();
        var table = StoreTesting.files(dir, ".*\\.sst|.*\\.ldb").getLast();
        var content = Files.readAllBytes(table);
        content[content.length / 2] ^= 1;
        Files.write(table, content);

        try (var store = open(dir, false)) {
            assertThatThrownBy(store::verify).isInstanceOf(DamagedStoreException.class);
        }
        assertThatThrownBy(() -> open(dir, false)).isInstanceOf(DamagedStoreException.class);
    }

    @Test
    void rows_that_end_before_their_log_begins_are_damage() throws IOException {
        var state = dir.resolve("state");
        try (var stores = open()) {
            persist(stores.logs().log(1), null, entries(1, 20, 1));
            for (int i = 1; i < 20; i++) {
                stores.states().state(1).apply(List.of(put("a", "b" + i)), i, 1, null);
            }
            stores.states().checkpoint();
            stores.logs().log(1).truncate(15);
        }
        open().close();
        // the start made tables of everything, so that the rows must be lost as a whole
        StoreTesting.deleteAll(state);

        assertThatThrownBy(this::open).isInstanceOf(DamagedStoreException.class).hasMessageContaining("group 1");

        try (var stores =
                ReplicaStores.beginAnew(dir, LogStoreOptions.defaults(), StateStoreOptions.defaults(), NEVER)) {
            assertThat(stores.logs().log(1).damaged()).isTrue();
            assertThat(stores.states().state(1).appliedIndex()).isZero();
        }
        open().close();
    }

    private ReplicaStores open() {
        return ReplicaStores.open(dir, LogStoreOptions.defaults(), StateStoreOptions.defaults(), NEVER);
    }
}
