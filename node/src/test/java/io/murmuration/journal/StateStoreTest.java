package io.murmuration.journal;

import static io.murmuration.journal.StoreTesting.NEVER;
import static io.murmuration.journal.StoreTesting.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.consensus.Voters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateStoreTest {
    private final Path dir;

    StateStoreTest(@TempDir Path dir) {
        this.dir = dir;
    }

    private StateStore open() {
        return StateStore.open(dir, StateStoreOptions.defaults(), NEVER);
    }

    @Test
    void a_new_group_has_no_rows() {
        try (var store = open()) {
            var state = store.state(1);

            assertThat(state.appliedIndex()).isZero();
            assertThat(state.appliedTerm()).isZero();
            assertThat(state.voters()).isNull();
            assertThat(state.durableIndex()).isZero();
            assertThat(state.needsSnapshot()).isFalse();
            assertThat(state.get(bytes("a"))).isNull();
            assertThat(rows(state, "", "z", false)).isEmpty();
        }
    }

    @Test
    void rows_index_term_and_voters_change_together_and_survive() {
        try (var store = open()) {
            store.state(1).apply(List.of(put("a", "1"), put("b", "2")), 1, 1, Voters.of(List.of(1L, 2L, 3L)));
            store.state(1).apply(List.of(put("a", "3"), delete("b"), put("c", "4")), 2, 5, null);
        }
        try (var store = open()) {
            var state = store.state(1);
            assertThat(rows(state, "", "z", false)).containsExactly("a=3", "c=4");
            assertThat(state.appliedIndex()).isEqualTo(2);
            assertThat(state.appliedTerm()).isEqualTo(5);
            assertThat(state.voters()).isEqualTo(Voters.of(List.of(1L, 2L, 3L)));
            assertThat(state.durableIndex()).isEqualTo(2);
        }
    }

    @Test
    void groups_do_not_see_each_other() {
        try (var store = open()) {
            store.state(1).apply(List.of(put("a", "1")), 1, 1, null);
            store.state(2).apply(List.of(put("b", "2")), 9, 1, null);

            assertThat(rows(store.state(1), "", "z", false)).containsExactly("a=1");
            assertThat(rows(store.state(2), "", "z", true)).containsExactly("b=2");
            assertThat(rows(store.state(3), "", "z", true)).isEmpty();
            assertThat(store.state(1).get(bytes("b"))).isNull();
        }
    }

    @Test
    void a_scan_is_bounded_and_goes_both_ways() {
        try (var store = open()) {
            store.state(1).apply(List.of(put("a", "1"), put("b", "2"), put("c", "3"), put("d", "4")), 1, 1, null);

            assertThat(rows(store.state(1), "b", "d", false)).containsExactly("b=2", "c=3");
            assertThat(rows(store.state(1), "b", "d", true)).containsExactly("c=3", "b=2");
        }
    }

    @Test
    void a_scan_sees_one_state_throughout() {
        try (var store = open()) {
            var state = store.state(1);
            state.apply(List.of(put("a", "1"), put("b", "2")), 1, 1, null);
            try (var cursor = state.scan(bytes("a"), bytes("z"), false)) {
                state.apply(List.of(delete("b"), put("c", "3")), 2, 1, null);

                assertThat(cursor.next()).isTrue();
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.key()).isEqualTo(bytes("b"));
                assertThat(cursor.next()).isFalse();
            }
        }
    }

    @Test
    void an_entry_is_not_applied_twice() {
        try (var store = open()) {
            store.state(1).apply(List.of(), 4, 1, null);

            assertThatThrownBy(() -> store.state(1).apply(List.of(), 4, 1, null))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void the_durable_index_moves_at_a_checkpoint_alone() {
        try (var store = open()) {
            var state = store.state(1);
            state.apply(List.of(put("a", "1")), 1, 1, null);
            assertThat(state.durableIndex()).isZero();

            store.checkpoint();
            state.apply(List.of(put("a", "2")), 2, 1, null);

            assertThat(state.durableIndex()).isEqualTo(1);
        }
    }

    @Test
    void a_failed_write_halts_the_process() throws IOException {
        var halted = new CountDownLatch(1);
        var options = StateStoreOptions.defaults().withWriteBufferBytes(64 * 1024);
        try (var store = StateStore.open(dir, options, (sentence, cause) -> halted.countDown())) {
            StoreTesting.deleteAll(dir.resolve("db"));

            assertThatThrownBy(() -> {
                        for (int i = 1; i <= 20; i++) {
                            store.state(1).apply(List.of(put("a", "x".repeat(32 * 1024))), i, 1, null);
                        }
                    })
                    .isInstanceOf(RuntimeException.class);

            assertThat(halted.getCount()).isZero();
        }
    }

    @Test
    void reading_everything_finds_nothing_wrong_in_a_sound_store() {
        try (var store = open()) {
            store.state(1).apply(List.of(put("a", "1")), 1, 1, null);
            store.verify();
        }
    }

    static RowChange put(String key, String value) {
        return new RowChange(bytes(key), bytes(value));
    }

    static RowChange delete(String key) {
        return new RowChange(bytes(key), null);
    }

    static List<String> rows(ReplicaState state, String from, @Nullable String to, boolean reverse) {
        var rows = new ArrayList<String>();
        try (var cursor = state.scan(bytes(from), bytes(to == null ? "\uffff" : to), reverse)) {
            while (cursor.next()) {
                rows.add(new String(cursor.key(), StandardCharsets.UTF_8) + "="
                        + new String(cursor.value(), StandardCharsets.UTF_8));
            }
        }
        return rows;
    }
}
