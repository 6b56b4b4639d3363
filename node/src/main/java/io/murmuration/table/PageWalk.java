package io.murmuration.table;

import io.murmuration.journal.entity.Answer;
import io.murmuration.table.partition.RowKeys;
import io.murmuration.table.partition.StoredItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reads one page of a range of rows that may span several groups, in the order of the keys.
 *
 * @param from inclusive
 * @param to exclusive
 * @param firstGroup where the walk begins
 * @param lastGroup where it ends; not below the first
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PageWalk(
        Partitions partitions,
        long table,
        byte[] from,
        byte[] to,
        int firstGroup,
        int lastGroup,
        boolean reverse,
        boolean consistent,
        int rowsMax,
        long deadlineNanos,
        ReadBudget.Share share) {
    /** Bytes of items that one page examines at most, before any filter. */
    private static final long PAGE_BYTES_MAX = 1 << 20;

    /** The page; empty if the table is gone. */
    CompletionStage<Optional<Read.Page>> read() {
        return read(firstGroup, new ArrayList<>(), PAGE_BYTES_MAX);
    }

    /** @param before what was found so far, which this goes on */
    private CompletionStage<Optional<Read.Page>> read(int group, List<Read.Row> before, long bytesLeft) {
        var range = new Read.Range(table, from, to, reverse, rowsMax - before.size(), bytesLeft, before.isEmpty());
        return partitions
                .read(group, consistent, range, deadlineNanos, share)
                .thenCompose(answer -> next(group, before, bytesLeft, answer));
    }

    private CompletionStage<Optional<Read.Page>> next(
            int group, List<Read.Row> rows, long bytesBefore, Answer<Read.Found> answer) {
        var found = Answers.page(answer);
        if (found.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        var page = found.get();
        rows.addAll(page.rows());
        var bytesLeft = bytesBefore - sizeOf(page.rows());
        if (page.end() == Read.End.LARGE) {
            return after(rows.getLast().key()).read(group, rows, bytesLeft);
        }
        if (page.end() == Read.End.COMPLETE && group != lastGroup) {
            return read(group + 1, rows, bytesLeft);
        }
        return CompletableFuture.completedFuture(Optional.of(new Read.Page(rows, rows.size(), page.end())));
    }

    static long sizeOf(List<Read.Row> rows) {
        return rows.stream().mapToLong(row -> StoredItem.sizeOf(row.value())).sum();
    }

    /** The walk goes on after this row. */
    PageWalk after(byte[] rowKey) {
        return reverse ? within(from, rowKey) : within(RowKeys.next(rowKey), to);
    }

    private PageWalk within(byte[] newFrom, byte[] newTo) {
        return new PageWalk(
                partitions,
                table,
                newFrom,
                newTo,
                firstGroup,
                lastGroup,
                reverse,
                consistent,
                rowsMax,
                deadlineNanos,
                share);
    }
}
