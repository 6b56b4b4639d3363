package io.murmuration.table;

import io.murmuration.journal.Rows;
import io.murmuration.protocol.table.operation.StreamArn;
import io.murmuration.protocol.table.operation.StreamReply.ItemChange;
import io.murmuration.table.partition.PartitionState;
import io.murmuration.table.partition.RowKeys;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * The tables' streams, for whoever works at the leader of their shards: records of this node's own rows, without an iterator between. Any thread.
 *
 * <p>A record's place in its shard is its revision; they grow, and not by one each.
 */
public interface StreamFeed {
    /** What was read. */
    sealed interface Page {
        /** @param full whether there may be more that this page had no room for */
        record Records(List<Entry> entries, boolean full) implements Page {}

        /** The table was deleted, and its stream with it. */
        record Gone() implements Page {}
    }

    record Entry(long revision, ItemChange change) {}

    /** The id of the table whose stream this is; empty, after the catalogue's read barrier, if there is none. */
    CompletionStage<OptionalLong> table(StreamArn stream, long deadlineNanos);

    /**
     * Reads records of this node's rows in their order, those of revisions in {@code (after, until]}: so many at most, and about a megabyte. What a
     * replica has is committed, and is there with all before it. May wait for the disk; fails while the rows are being replaced.
     */
    Page read(long table, int group, long after, long until, int recordsMax);

    /** How long records are kept. */
    Duration retention();

    /** The place of the last change in these rows of a group. */
    static long latest(Rows rows, long table) {
        return PartitionState.read(rows.get(RowKeys.state(table))).revision();
    }
}
