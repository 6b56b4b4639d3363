package io.murmuration.table;

import io.murmuration.base.Clock;
import io.murmuration.catalogue.Catalogue;
import io.murmuration.catalogue.Catalogue.Table;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.TableError;
import io.murmuration.protocol.table.operation.StreamArn;
import io.murmuration.protocol.table.operation.StreamReply;
import io.murmuration.protocol.table.operation.StreamRequest;
import io.murmuration.protocol.table.operation.StreamRequest.DescribeStream;
import io.murmuration.protocol.table.operation.StreamRequest.GetRecords;
import io.murmuration.protocol.table.operation.StreamRequest.GetShardIterator;
import io.murmuration.protocol.table.operation.StreamRequest.ListStreams;
import io.murmuration.table.partition.PartitionState;
import io.murmuration.table.partition.RowKeys;
import io.murmuration.table.partition.StreamRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers requests about streams from the partitions' rows. A record that a replica has is there with all before it: none is skipped. */
final class StreamService implements Streams {
    /** What GetRecords answers at most, before the record that exceeds it. */
    private static final long PAGE_BYTES_MAX = 1 << 20;

    private final Catalogue catalogue;
    private final Partitions partitions;
    private final TableSettings settings;
    private final Clock clock;

    StreamService(Catalogue catalogue, Partitions partitions, TableSettings settings, Clock clock) {
        this.catalogue = catalogue;
        this.partitions = partitions;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public <R> CompletionStage<R> answer(
            StreamRequest request, long deadlineNanos, Function<StreamReply, R> use, Executor on) {
        var patient = clock.nanos() + settings.patience().toNanos();
        var deadline = deadlineNanos - patient < 0 ? deadlineNanos : patient;
        var share = partitions.openShare();
        return dispatch(request, deadline, share)
                .thenApplyAsync(use, on)
                .whenComplete((used, failure) -> share.close());
    }

    private CompletionStage<StreamReply> dispatch(StreamRequest request, long deadline, ReadBudget.Share share) {
        try {
            return switch (request) {
                case ListStreams list -> list(list, deadline);
                case DescribeStream describe ->
                    table(describe.stream(), deadline).thenApply(table -> describe(table, describe));
                case GetShardIterator get ->
                    table(get.stream(), deadline).thenCompose(table -> iterator(table, get, deadline, share));
                case GetRecords get -> records(get, deadline, share);
            };
        } catch (ServiceException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Of the tables that this node knows: who has just made one on another node was answered after this one knew it. */
    private CompletionStage<StreamReply> list(ListStreams list, long deadline) {
        var given = list.after();
        var after = given == null ? null : StreamArn.parse(given).orElseThrow(() -> notFound(given));
        if (list.table() == null) {
            return CompletableFuture.completedFuture(listed(
                    catalogue.tableNames(after == null ? null : after.table(), Integer.MAX_VALUE), list.limit()));
        }
        var name = list.table();
        return catalogue.confirm(deadline).thenApply(confirmed -> listed(after == null ? List.of(name) : List.of(), 1));
    }

    private StreamReply listed(List<String> tables, int limit) {
        var streams = new ArrayList<StreamArn>();
        for (var name : tables) {
            var table = catalogue.table(name).filter(Table::active);
            if (table.isEmpty() || table.get().schema().stream() == null) {
                continue;
            }
            if (streams.size() == limit) {
                return new StreamReply.StreamsListed(streams, streams.getLast());
            }
            streams.add(arn(table.get()));
        }
        return new StreamReply.StreamsListed(streams, null);
    }

    private StreamReply describe(Table table, DescribeStream describe) {
        var after = describe.after() == null ? 0 : group(table, describe.after());
        var shards = new ArrayList<StreamReply.Shard>();
        for (var group = after + 1; group <= partitions.shards() && shards.size() < describe.limit(); group++) {
            shards.add(new StreamReply.Shard(StreamShards.id(table, group), StreamShards.sequenceNumber(1)));
        }
        var more = after + shards.size() < partitions.shards();
        return new StreamReply.StreamDescribed(
                arn(table),
                table.schema(),
                shards,
                more && !shards.isEmpty() ? shards.getLast().id() : null);
    }

    private CompletionStage<StreamReply> iterator(
            Table table, GetShardIterator get, long deadline, ReadBudget.Share share) {
        var group = group(table, get.shard());
        CompletionStage<Long> after =
                switch (get.start()) {
                    case TRIM_HORIZON -> CompletableFuture.completedFuture(0L);
                    case LATEST -> latest(table, group, deadline, share);
                    case AFTER_SEQUENCE_NUMBER -> CompletableFuture.completedFuture(revision(get.sequenceNumber()));
                    case AT_SEQUENCE_NUMBER ->
                        CompletableFuture.completedFuture(Math.max(0, revision(get.sequenceNumber()) - 1));
                };
        return after.thenApply(place ->
                new StreamReply.IteratorMade(new StreamIterator(arn(table), group, place, clock.millis()).text()));
    }

    /** The partition's last change, as its leader knows it. */
    private CompletionStage<Long> latest(Table table, int group, long deadline, ReadBudget.Share share) {
        var state = new Read.Single(table.id(), List.of(RowKeys.state(table.id())));
        return partitions.read(group, true, state, deadline, share).thenApply(answer -> {
            var rows = Answers.page(answer)
                    .orElseThrow(() -> notFound(arn(table).text()))
                    .rows();
            return rows.isEmpty()
                    ? 0L
                    : PartitionState.read(rows.getFirst().value()).revision();
        });
    }

    private CompletionStage<StreamReply> records(GetRecords get, long deadline, ReadBudget.Share share) {
        var from = StreamIterator.parse(get.iterator())
                .orElseThrow(() -> ServiceException.validation("Invalid ShardIterator"));
        if (!from.isValid(clock.millis())) {
            throw new ServiceException(new ServiceError(TableError.EXPIRED_ITERATOR, "Iterator expired"));
        }
        return table(from.stream().text(), deadline).thenCompose(table -> {
            if (from.group() < 1 || from.group() > partitions.shards()) {
                throw ServiceException.validation("Invalid ShardIterator");
            }
            var range = new Read.Range(
                    table.id(),
                    RowKeys.next(RowKeys.streamRecord(table.id(), from.after())),
                    RowKeys.streamRecords(table.id() + 1),
                    false,
                    get.limit(),
                    PAGE_BYTES_MAX,
                    true);
            return partitions
                    .read(from.group(), false, range, deadline, share)
                    .thenApply(answer -> read(table, from, Answers.page(answer)));
        });
    }

    private StreamReply read(Table table, StreamIterator from, Optional<Read.Page> page) {
        var rows = page.orElseThrow(() -> notFound(from.stream().text())).rows();
        var records = new ArrayList<StreamReply.ItemChange>(rows.size());
        var last = from.after();
        for (var row : rows) {
            last = RowKeys.revisionOf(row.key());
            records.add(StreamShards.record(
                    table.id(), from.group(), last, StreamRecord.read(row.value()), settings.region()));
        }
        var next = new StreamIterator(from.stream(), from.group(), last, clock.millis());
        return new StreamReply.RecordsRead(records, next.text());
    }

    /** The table whose stream this is. "Not found" is said only after the catalogue's read barrier. */
    private CompletionStage<Table> table(String stream, long deadline) {
        var arn = StreamArn.parse(stream).orElseThrow(() -> notFound(stream));
        var known = known(arn);
        return known.isPresent()
                ? CompletableFuture.completedFuture(known.get())
                : catalogue.confirm(deadline).thenApply(confirmed -> known(arn).orElseThrow(() -> notFound(stream)));
    }

    private Optional<Table> known(StreamArn stream) {
        return catalogue
                .table(stream.table())
                .filter(table -> table.active()
                        && table.schema().stream() != null
                        && arn(table).equals(stream));
    }

    private int group(Table table, String shard) {
        return StreamShards.group(table, shard, partitions.shards() + 1)
                .orElseThrow(() -> new ServiceException(new ServiceError(
                        TableError.RESOURCE_NOT_FOUND,
                        "Requested resource not found: Shard does not exist: " + shard)));
    }

    private static long revision(@Nullable String sequenceNumber) {
        return StreamShards.revision(String.valueOf(sequenceNumber))
                .orElseThrow(() -> ServiceException.validation("Invalid SequenceNumber"));
    }

    private StreamArn arn(Table table) {
        return StreamArn.of(settings.arnPrefix() + table.schema().name(), table.schema());
    }

    private static ServiceException notFound(String stream) {
        return new ServiceException(new ServiceError(
                TableError.RESOURCE_NOT_FOUND, "Requested resource not found: Stream: " + stream + " not found"));
    }
}
