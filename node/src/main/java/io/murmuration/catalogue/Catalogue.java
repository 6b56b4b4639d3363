package io.murmuration.catalogue;

import io.murmuration.protocol.table.TableSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The port of the catalogue on this node. Look-ups are answered at once from what this node has applied, and may lag behind; whoever is about to
 * answer "not found" calls {@link #confirm} first and looks again. Stages fail with {@link io.murmuration.protocol.ServiceException}.
 */
public interface Catalogue {
    Optional<Table> table(String name);

    Optional<Table> table(long id);

    /** Names of tables in order, those after the given one, at most so many. */
    List<String> tableNames(@Nullable String after, int limit);

    /** The read barrier: once complete, look-ups show every change acknowledged anywhere before the call. */
    CompletionStage<Void> confirm(long deadlineNanos);

    /** Makes a table; completes when every reachable node knows it, or a second after it was made durable. */
    CompletionStage<Table> create(TableSchema schema, long deadlineNanos);

    /**
     * Begins to delete a table, which keeps its name until every shard has closed its partition ({@link #closed}). Completes when it is gone and every
     * reachable node knows that, or a second after the beginning was made durable. Its rows are removed later.
     *
     * @return the table, being deleted
     */
    CompletionStage<Table> delete(String name, long deadlineNanos);

    /** The tables that are being deleted. */
    List<Table> deleting();

    /** Notes that the group takes no more writes to this table, durably and for good. May be repeated; the last group's word frees the name. */
    CompletionStage<Void> closed(long table, int group, long deadlineNanos);

    /** Calls the listener after each change of what look-ups show. It must only pass the news on. */
    void onChange(Runnable listener);

    enum Status {
        ACTIVE,
        /** Some shard may still take writes to it. */
        DELETING
    }

    /**
     * @param id grows with each table made, and is never used again
     * @param closed the groups that have closed their partition of a table that is being deleted
     */
    record Table(long id, TableSchema schema, Status status, Set<Integer> closed) {
        public Table {
            closed = Set.copyOf(closed);
        }

        /** An active table. */
        public Table(long id, TableSchema schema) {
            this(id, schema, Status.ACTIVE, Set.of());
        }

        public boolean active() {
            return status == Status.ACTIVE;
        }
    }
}
