package io.murmuration.journal;

import static io.murmuration.journal.StateStoreTest.put;
import static io.murmuration.journal.StateStoreTest.rows;
import static io.murmuration.journal.StoreTesting.NEVER;
import static io.murmuration.journal.StoreTesting.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.consensus.Voters;
import io.murmuration.journal.leveldb.Cursor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotTest {
    private static final Voters VOTERS = Voters.of(List.of(1L, 2L, 3L));

    private final Path from;
    private final Path to;

    SnapshotTest(@TempDir Path dir) {
        from = dir.resolve("from");
        to = dir.resolve("to");
    }

    private static StateStore open(Path dir) {
        return StateStore.open(dir, StateStoreOptions.defaults(), NEVER);
    }

    /** Rows that fill several frames, beside another group's that must not come along. */
    @BeforeEach
    void fill() {
        try (var store = open(from)) {
            var changes = new ArrayList<RowChange>();
            for (int i = 0; i < 3_000; i++) {
                changes.add(put("key-%05d".formatted(i), "value ".repeat(10) + i));
            }
            store.state(7).apply(changes, 40, 3, VOTERS);
            store.state(8).apply(List.of(put("key-x", "foreign")), 1, 1, null);
        }
    }

    @Test
    void an_installed_snapshot_replaces_the_rows_and_is_durable() throws IOException {
        byte[] snapshot;
        List<String> expected;
        try (var store = open(from)) {
            snapshot = export(store, 7);
            expected = rows(store.state(7), "", null, false);
        }
        try (var store = open(to)) {
            store.state(7).apply(List.of(put("key-00001", "old"), put("old", "old")), 5, 1, null);
            store.state(6).apply(List.of(put("mine", "1")), 2, 1, null);

            var header = store.install(7, new ByteArrayInputStream(snapshot));

            assertThat(header).isEqualTo(new SnapshotHeader(7, 40, 3, VOTERS));
            assertThat(store.state(7).durableIndex()).isEqualTo(40);
            assertThat(rows(store.state(7), "", null, false)).isEqualTo(expected);
        }
        try (var store = open(to)) {
            assertThat(rows(store.state(7), "", null, false))
                    .isEqualTo(expected)
                    .hasSize(3_000);
            assertThat(rows(store.state(6), "", null, false)).containsExactly("mine=1");
            assertThat(store.state(7).appliedIndex()).isEqualTo(40);
            assertThat(store.state(7).appliedTerm()).isEqualTo(3);
            assertThat(store.state(7).voters()).isEqualTo(VOTERS);
            assertThat(store.state(7).needsSnapshot()).isFalse();
            store.state(7).apply(List.of(put("new", "1")), 41, 3, null);
        }
    }

    @Test
    void an_install_that_was_broken_off_leaves_no_rows_and_asks_for_another() throws IOException {
        byte[] snapshot;
        try (var store = open(from)) {
            snapshot = export(store, 7);
        }
        try (var store = open(to)) {
            store.state(7).apply(List.of(put("old", "old")), 5, 1, null);

            assertThatThrownBy(() -> store.install(7, new ByteArrayInputStream(snapshot, 0, snapshot.length - 3)))
                    .isInstanceOf(IOException.class);

            assertThat(store.state(7).needsSnapshot()).isTrue();
        }
        try (var store = open(to)) {
            var state = store.state(7);
            assertThat(state.needsSnapshot()).isTrue();
            assertThat(state.appliedIndex()).isZero();
            assertThat(state.durableIndex()).isZero();
            assertThatThrownBy(() -> state.get(bytes("old"))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> state.apply(List.of(), 6, 1, null)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> store.export(7)).isInstanceOf(IllegalStateException.class);

            store.install(7, new ByteArrayInputStream(snapshot));

            assertThat(state.needsSnapshot()).isFalse();
            assertThat(rows(state, "", null, false)).hasSize(3_000).doesNotContain("old=old");
        }
    }

    @Test
    void a_stream_that_is_no_snapshot_of_the_group_changes_nothing() throws IOException {
        byte[] snapshot;
        try (var store = open(from)) {
            snapshot = export(store, 7);
        }
        try (var store = open(to)) {
            store.state(7).apply(List.of(put("old", "old")), 5, 1, null);

            assertThatThrownBy(() -> store.install(6, new ByteArrayInputStream(snapshot)))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> store.install(7, new ByteArrayInputStream(bytes("hello, world"))))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> store.install(7, new ByteArrayInputStream(new byte[0])))
                    .isInstanceOf(IOException.class);

            assertThat(rows(store.state(7), "", null, false)).containsExactly("old=old");
        }
    }

    @Test
    void an_export_shows_one_moment() throws IOException {
        try (var store = open(from);
                var export = store.export(7)) {
            store.state(7).apply(List.of(put("key-00000", "changed"), put("zzz", "1")), 41, 3, null);

            store.install(7, new ByteArrayInputStream(drain(export)));

            assertThat(store.state(7).appliedIndex()).isEqualTo(40);
            assertThat(rows(store.state(7), "", null, false)).hasSize(3_000).doesNotContain("key-00000=changed");
        }
    }

    @Test
    void a_group_without_rows_has_nothing_to_export() {
        try (var store = open(from)) {
            assertThatThrownBy(() -> store.export(99)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void an_export_that_meets_damage_at_its_beginning_leaves_no_cursor_open() {
        for (int sound = 0; sound < 2; sound++) {
            var cursor = new BreakingCursor(sound);

            assertThatThrownBy(() -> new SnapshotExport(7, cursor)).isInstanceOf(DamagedStoreException.class);

            assertThat(cursor.closed).isTrue();
        }
    }

    /** Stands on the group's mark, as often as it is told, then meets damage. */
    private static final class BreakingCursor implements Cursor {
        private int sound;
        private boolean closed;

        BreakingCursor(int sound) {
            this.sound = sound;
        }

        @Override
        public boolean next() {
            if (sound-- == 0) {
                throw new DamagedStoreException("a block is wrong");
            }
            return true;
        }

        @Override
        public byte[] key() {
            return StoreKeys.key(7, StoreKeys.STATE);
        }

        @Override
        public byte[] value() {
            return new StateMark(1, 1, null).encode();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void a_group_whose_entries_changed_no_row_is_exported_all_the_same() throws IOException {
        try (var store = open(from)) {
            store.state(9).apply(List.of(), 1, 1, VOTERS);

            var header = SnapshotReader.verify(new ByteArrayInputStream(export(store, 9)));

            assertThat(header).isEqualTo(new SnapshotHeader(9, 1, 1, VOTERS));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void no_changed_or_missing_byte_of_a_stream_goes_unnoticed(long seed) throws IOException {
        byte[] snapshot;
        try (var store = open(from)) {
            snapshot = export(store, 7);
        }
        SnapshotReader.verify(new ByteArrayInputStream(snapshot));
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 50; i++) {
            var changed = snapshot.clone();
            int at = random.nextInt(snapshot.length);
            changed[at] ^= (byte) (1 << random.nextInt(8));

            assertThatThrownBy(() -> SnapshotReader.verify(new ByteArrayInputStream(changed)))
                    .as("seed %d, byte %d", seed, at)
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> SnapshotReader.verify(new ByteArrayInputStream(snapshot, 0, at)))
                    .as("seed %d, cut at %d", seed, at)
                    .isInstanceOf(IOException.class);
        }
    }

    static byte[] export(StateStore store, int group) {
        try (var export = store.export(group)) {
            return drain(export);
        }
    }

    private static byte[] drain(SnapshotExport export) {
        var stream = new ByteArrayOutputStream();
        for (var chunk = export.next(); chunk != null; chunk = export.next()) {
            stream.writeBytes(chunk);
        }
        return stream.toByteArray();
    }
}
