package io.murmuration.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A state store with rows of one group, for tests of other packages. */
public final class SnapshotFixture implements AutoCloseable {
    private static final long INDEX = 40;

    private final Path dir;
    private final StateStore store;

    private SnapshotFixture(Path dir, StateStore store) {
        this.dir = dir;
        this.store = store;
    }

    public static SnapshotFixture create(Path dir, int group, int rows) {
        var store = StateStore.open(dir, StateStoreOptions.defaults(), StoreTesting.NEVER);
        var changes = new ArrayList<RowChange>();
        for (int i = 0; i < rows; i++) {
            changes.add(StateStoreTest.put("key-%05d".formatted(i), "value ".repeat(10) + i));
        }
        store.state(group).apply(changes, INDEX, 3, null);
        return new SnapshotFixture(dir, store);
    }

    public long index() {
        return INDEX;
    }

    public SnapshotExport export(int group) {
        return store.export(group);
    }

    public List<String> content(int group) {
        return StateStoreTest.rows(store.state(group), "", null, false);
    }

    /** What another store has after it installed the file. */
    public List<String> installedElsewhere(int group, Path file) {
        var options = StateStoreOptions.defaults();
        try (var other = StateStore.open(dir.resolveSibling("other"), options, StoreTesting.NEVER);
                var stream = Files.newInputStream(file)) {
            other.install(group, stream);
            return StateStoreTest.rows(other.state(group), "", null, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
