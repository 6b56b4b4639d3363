package io.murmuration.catalogue;

import io.murmuration.protocol.table.TableSchema;
import java.util.List;
import java.util.Optional;
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

    /** Deletes a table; completes as {@link #create}. Its rows are removed later. */
    CompletionStage<Table> delete(String name, long deadlineNanos);

    /** Calls the listener after each change of what look-ups show. It must only pass the news on. */
    void onChange(Runnable listener);

    /** @param id grows with each table made, and is never used again */
    record Table(long id, TableSchema schema) {}
}
