package io.murmuration.table;

import io.murmuration.catalogue.Catalogue;
import io.murmuration.catalogue.Catalogue.Table;
import io.murmuration.journal.Journal;
import io.murmuration.protocol.table.operation.StreamArn;
import io.murmuration.table.partition.RowKeys;
import io.murmuration.table.partition.StreamRecord;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Streams of this node's rows. */
final class LocalStreams implements StreamFeed {
    private final Catalogue catalogue;
    private final Journal journal;
    private final TableSettings settings;

    LocalStreams(Catalogue catalogue, Journal journal, TableSettings settings) {
        this.catalogue = catalogue;
        this.journal = journal;
        this.settings = settings;
    }

    @Override
    public CompletionStage<OptionalLong> table(StreamArn stream, long deadlineNanos) {
        var known = known(stream);
        return known.isPresent()
                ? CompletableFuture.completedFuture(known)
                : catalogue.confirm(deadlineNanos).thenApply(confirmed -> known(stream));
    }

    private OptionalLong known(StreamArn stream) {
        return catalogue.table(stream.table()).stream()
                .filter(table -> table.active() && table.schema().stream() != null)
                .filter(table -> arn(table).equals(stream))
                .mapToLong(Table::id)
                .findFirst();
    }

    private StreamArn arn(Table table) {
        return StreamArn.of(settings.arnPrefix() + table.schema().name(), table.schema());
    }

    @Override
    public Page read(long table, int group, long after, long until, int recordsMax) {
        var to = until == Long.MAX_VALUE
                ? RowKeys.streamRecords(table + 1)
                : RowKeys.next(RowKeys.streamRecord(table, until));
        var from = RowKeys.next(RowKeys.streamRecord(table, after));
        var range = new Read.Range(table, from, to, false, recordsMax, Long.MAX_VALUE, true);
        return switch (RowReads.read(journal.rows(group), range)) {
            case Read.Page page ->
                new Page.Records(
                        page.rows().stream()
                                .map(row -> entry(table, group, row))
                                .toList(),
                        !page.complete());
            case Read.Gone gone -> new Page.Gone();
        };
    }

    private Entry entry(long table, int group, Read.Row row) {
        var revision = RowKeys.revisionOf(row.key());
        var record = StreamRecord.read(row.value());
        return new Entry(revision, StreamShards.record(table, group, revision, record, settings.region()));
    }

    @Override
    public Duration retention() {
        return settings.streamRetention();
    }
}
