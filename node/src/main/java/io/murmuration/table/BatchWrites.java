package io.murmuration.table;

import io.murmuration.base.Clock;
import io.murmuration.catalogue.Catalogue.Table;
import io.murmuration.cluster.Links;
import io.murmuration.journal.entity.Answer;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.ItemCodec;
import io.murmuration.protocol.table.ItemSize;
import io.murmuration.protocol.table.operation.BatchRules;
import io.murmuration.protocol.table.operation.CapacityRules;
import io.murmuration.protocol.table.operation.ConsumedCapacity;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableRequest.BatchWriteItem;
import io.murmuration.protocol.table.operation.TableRequest.Write;
import io.murmuration.protocol.table.operation.TableRequest.WritesOfTable;
import io.murmuration.table.CompiledWrite.Routed;
import io.murmuration.table.partition.Outcome;
import io.murmuration.table.partition.PartitionHash;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * BatchWriteItem: each shard is sent all of its writes at once. What surely was not applied is unprocessed; one write whose outcome is unknown makes
 * the outcome of the batch unknown. What finds its table gone is written to the table that now bears its name, if there is one.
 */
final class BatchWrites {
    /** One message between nodes holds so many bytes of writes, and one more: half of what a message may have. */
    private static final int CALL_BYTES_MAX = Links.MESSAGE_BYTES_MAX / 2;

    private final TableDirectory directory;
    private final Partitions partitions;
    private final Clock clock;

    BatchWrites(TableDirectory directory, Partitions partitions, Clock clock) {
        this.directory = directory;
        this.partitions = partitions;
        this.clock = clock;
    }

    /** One write of the batch on its way. */
    private record Piece(int table, Write write, Table to, Routed routed) {}

    private record Written(Piece piece, Answer<Outcome> answer) {}

    CompletionStage<TableReply> write(BatchWriteItem batch, long deadlineNanos) {
        var found = batch.tables().stream()
                .map(writes -> directory.find(writes.table(), deadlineNanos).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(found.toArray(CompletableFuture<?>[]::new))
                .thenCompose(done -> send(
                        pieces(
                                batch,
                                found.stream().map(CompletableFuture::resultNow).toList()),
                        deadlineNanos))
                .thenCompose(written -> toSuccessors(written, deadlineNanos))
                .thenApply(written -> reply(batch, written));
    }

    /** Checks everything before anything is written. */
    private List<Piece> pieces(BatchWriteItem batch, List<Table> tables) {
        var pieces = new ArrayList<Piece>();
        for (var i = 0; i < tables.size(); i++) {
            pieces.addAll(pieces(i, batch.tables().get(i).writes(), tables.get(i)));
        }
        return pieces;
    }

    private List<Piece> pieces(int table, List<Write> writes, Table to) {
        var name = to.schema().name();
        BatchRules.check(to.schema(), new WritesOfTable(name, name, writes));
        var pieces = new ArrayList<Piece>(writes.size());
        for (var write : writes) {
            if (write instanceof Write.Put put) {
                ItemSize.checkPut(put.item());
            }
            pieces.add(new Piece(table, write, to, CompiledWrite.of(name, write).on(to, clock.millis())));
        }
        return pieces;
    }

    /** This node's view was old: the writes whose table is gone are sent once more, to its successors. */
    private CompletionStage<List<Written>> toSuccessors(List<Written> written, long deadlineNanos) {
        var gone = new TreeMap<Integer, List<Piece>>();
        var rest = new ArrayList<Written>();
        for (var each : written) {
            if (isGone(each.answer())) {
                gone.computeIfAbsent(each.piece().table(), table -> new ArrayList<>())
                        .add(each.piece());
            } else {
                rest.add(each);
            }
        }
        if (gone.isEmpty()) {
            return CompletableFuture.completedFuture(written);
        }
        CompletionStage<List<Piece>> pieces = CompletableFuture.completedFuture(new ArrayList<>());
        for (var each : gone.entrySet()) {
            var writes = each.getValue().stream().map(Piece::write).toList();
            var successor = directory.successor(each.getValue().getFirst().to(), deadlineNanos);
            pieces = pieces.thenCombine(successor, (all, table) -> {
                all.addAll(pieces(each.getKey(), writes, table));
                return all;
            });
        }
        return pieces.thenCompose(all -> send(all, deadlineNanos)).thenApply(again -> {
            rest.addAll(again);
            return rest;
        });
    }

    private static boolean isGone(Answer<Outcome> answer) {
        return answer instanceof Answer.Decided<Outcome> decided && decided.reply() instanceof Outcome.TableClosed;
    }

    private CompletionStage<List<Written>> send(List<Piece> pieces, long deadlineNanos) {
        record Destination(int table, int group) {}
        var calls = new TreeMap<Destination, List<Piece>>(
                Comparator.comparingInt(Destination::table).thenComparingInt(Destination::group));
        for (var piece : pieces) {
            var group = PartitionHash.group(piece.routed().hash(), partitions.shards());
            calls.computeIfAbsent(new Destination(piece.table(), group), call -> new ArrayList<>())
                    .add(piece);
        }
        var sending = new ArrayList<CompletableFuture<List<Written>>>();
        calls.forEach((to, all) -> {
            for (var call : split(all)) {
                sending.add(send(call, to.group(), deadlineNanos).toCompletableFuture());
            }
        });
        return CompletableFuture.allOf(sending.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> sending.stream()
                        .flatMap(sent -> sent.resultNow().stream())
                        .toList());
    }

    private CompletionStage<List<Written>> send(List<Piece> call, int group, long deadlineNanos) {
        var routed = call.stream().map(Piece::routed).toList();
        return partitions
                .write(call.getFirst().to(), group, routed, deadlineNanos)
                .thenApply(answers -> {
                    var written = new ArrayList<Written>();
                    for (var i = 0; i < answers.size(); i++) {
                        written.add(new Written(call.get(i), answers.get(i)));
                    }
                    return written;
                });
    }

    private static List<List<Piece>> split(List<Piece> pieces) {
        var calls = new ArrayList<List<Piece>>();
        var bytes = 0;
        for (var piece : pieces) {
            if (calls.isEmpty() || bytes >= CALL_BYTES_MAX) {
                calls.add(new ArrayList<>());
                bytes = 0;
            }
            calls.getLast().add(piece);
            bytes += ItemCodec.encodedBytesMax(piece.routed().bytes());
        }
        return calls;
    }

    private static TableReply reply(BatchWriteItem batch, List<Written> written) {
        var left = new TreeMap<Integer, List<Write>>();
        var units = new double[batch.tables().size()];
        ServiceError error = null;
        var unprocessed = 0;
        for (var each : written) {
            var table = each.piece().table();
            if (each.answer() instanceof Answer.NotApplied<Outcome> refused) {
                left.computeIfAbsent(table, first -> new ArrayList<>())
                        .add(each.piece().write());
                error = refused.error();
                unprocessed++;
                continue;
            }
            var done = Answers.written(each.piece().routed().request(), each.answer())
                    .orElseThrow(() -> new ServiceException(Answers.NO_SUCH_TABLE));
            units[table] += CapacityRules.write(done.sizeBefore(), done.sizeAfter());
        }
        if (error != null && unprocessed == written.size()) {
            throw new ServiceException(error);
        }
        var again = new ArrayList<WritesOfTable>();
        left.forEach((table, writes) -> {
            var asked = batch.tables().get(table);
            again.add(new WritesOfTable(asked.table(), asked.writtenAs(), writes));
        });
        return new TableReply.BatchWritten(again, capacity(batch, units));
    }

    private static List<ConsumedCapacity> capacity(BatchWriteItem batch, double[] units) {
        var capacity = new ArrayList<ConsumedCapacity>();
        for (var i = 0; i < units.length; i++) {
            @Nullable
            ConsumedCapacity consumed = ConsumedCapacity.of(
                    batch.returnCapacity(), batch.tables().get(i).table(), units[i]);
            if (consumed != null) {
                capacity.add(consumed);
            }
        }
        return capacity;
    }
}
