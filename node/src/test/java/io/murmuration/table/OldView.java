package io.murmuration.table;

import io.murmuration.catalogue.Catalogue;
import io.murmuration.protocol.table.TableSchema;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A catalogue whose look-ups by name show one table as it once was, until the catalogue is confirmed. */
final class OldView implements Catalogue {
    private final Catalogue now;
    private final Table old;
    private volatile boolean confirmed;

    OldView(Catalogue now, Table old) {
        this.now = now;
        this.old = old;
    }

    @Override
    public Optional<Table> table(String name) {
        return !confirmed && old.schema().name().equals(name) ? Optional.of(old) : now.table(name);
    }

    @Override
    public CompletionStage<Void> confirm(long deadlineNanos) {
        return now.confirm(deadlineNanos).thenRun(() -> confirmed = true);
    }

    @Override
    public Optional<Table> table(long id) {
        return now.table(id);
    }

    @Override
    public List<String> tableNames(@Nullable String after, int limit) {
        return now.tableNames(after, limit);
    }

    @Override
    public CompletionStage<Table> create(TableSchema schema, long deadlineNanos) {
        return now.create(schema, deadlineNanos);
    }

    @Override
    public CompletionStage<Table> delete(String name, long deadlineNanos) {
        return now.delete(name, deadlineNanos);
    }

    @Override
    public List<Table> deleting() {
        return now.deleting();
    }

    @Override
    public CompletionStage<Void> closed(long table, int group, long deadlineNanos) {
        return now.closed(table, group, deadlineNanos);
    }

    @Override
    public void onChange(Runnable listener) {
        now.onChange(listener);
    }
}
