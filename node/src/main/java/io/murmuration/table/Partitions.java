package io.murmuration.table;

import io.murmuration.base.Clock;
import io.murmuration.catalogue.Catalogue;
import io.murmuration.catalogue.Catalogue.Table;
import io.murmuration.cluster.Links;
import io.murmuration.cluster.Links.Channel;
import io.murmuration.journal.Journal;
import io.murmuration.journal.NoQuorumException;
import io.murmuration.journal.NotLeaderException;
import io.murmuration.journal.entity.Answer;
import io.murmuration.journal.entity.EntityHost;
import io.murmuration.journal.entity.LeaderCalls;
import io.murmuration.protocol.ErrorCode;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.table.CompiledWrite.Routed;
import io.murmuration.table.partition.Intent;
import io.murmuration.table.partition.Outcome;
import io.murmuration.table.partition.TablePartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** The way to the partitions of all tables, on whichever node their leaders are. Safe for use by many threads. */
final class Partitions {
    /** A request in flight at its deadline is answered by its partition; whoever asks waits a little longer for that. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private final ActorSystem<?> system;
    private final Journal journal;
    private final Catalogue catalogue;
    private final TableSettings settings;
    private final Clock clock;
    private final LeaderCalls leaders;
    private final Executor reads;
    private final Map<Integer, ActorRef<EntityHost.Message<Intent, Outcome>>> hosts;
    /** For each group the highest index that this node has acknowledged a write with. */
    private final AtomicLongArray acknowledged;

    Partitions(
            ActorSystem<?> system,
            Journal journal,
            Links links,
            Catalogue catalogue,
            TableSettings settings,
            Clock clock,
            Executor reads,
            Map<Integer, ActorRef<EntityHost.Message<Intent, Outcome>>> hosts) {
        this.system = system;
        this.journal = journal;
        this.catalogue = catalogue;
        this.settings = settings;
        this.clock = clock;
        this.leaders = new LeaderCalls(system, journal, links, Channel.TABLES, clock);
        this.reads = reads;
        this.hosts = hosts;
        this.acknowledged = new AtomicLongArray(journal.groups());
    }

    int shards() {
        return journal.groups() - 1;
    }

    // ---- writes ----

    /** Writes to one group; an answer for each write, in their order. None is {@link Answer.NotLeader}. */
    CompletionStage<List<Answer<Outcome>>> write(Table table, int group, List<Routed> writes, long deadlineNanos) {
        var request = new LeaderCalls.Request<List<Answer<Outcome>>>(
                false,
                () -> decide(table.id(), group, writes, deadlineNanos),
                left -> TableWire.encode(new TableWire.Writes(
                        group,
                        table.id(),
                        left,
                        writes.stream().map(Routed::request).toList())),
                TableWire::decodeOutcomes);
        return leaders.ask(group, deadlineNanos, request).thenApply(answer -> switch (answer) {
            case Answer.Decided<List<Answer<Outcome>>> decided -> {
                decided.reply().forEach(each -> acknowledge(group, each));
                yield decided.reply();
            }
            case Answer.NotApplied<List<Answer<Outcome>>> refused ->
                writes.stream()
                        .<Answer<Outcome>>map(write -> new Answer.NotApplied<>(refused.error()))
                        .toList();
            case Answer.Unknown<List<Answer<Outcome>>> unknown ->
                writes.stream()
                        .<Answer<Outcome>>map(write -> new Answer.Unknown<>())
                        .toList();
            case Answer.NotLeader<List<Answer<Outcome>>> elsewhere ->
                throw new IllegalStateException("a leader that does not lead");
        });
    }

    private void acknowledge(int group, Answer<Outcome> answer) {
        if (answer instanceof Answer.Decided<Outcome> decided) {
            acknowledged.accumulateAndGet(group, decided.appliedIndex(), Math::max);
        }
    }

    /** If office is not held by this node none of the writes was proposed, and all of them go elsewhere together. */
    private CompletionStage<Answer<List<Answer<Outcome>>>> decide(
            long table, int group, List<Routed> writes, long deadlineNanos) {
        var asked = new ArrayList<CompletableFuture<Answer<Outcome>>>(writes.size());
        for (var write : writes) {
            asked.add(ask(table, group, write.intent(), write.bytes(), deadlineNanos)
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> {
                    var answers =
                            asked.stream().map(CompletableFuture::resultNow).toList();
                    var elsewhere = answers.stream()
                            .filter(Answer.NotLeader.class::isInstance)
                            .toList();
                    if (elsewhere.size() == answers.size()) {
                        return new Answer.NotLeader<>(((Answer.NotLeader<Outcome>) elsewhere.getFirst()).leader());
                    }
                    return new Answer.Decided<>(
                            answers.stream().map(Partitions::withoutLeader).toList(), 0);
                });
    }

    private static Answer<Outcome> withoutLeader(Answer<Outcome> answer) {
        return answer instanceof Answer.NotLeader
                ? new Answer.NotApplied<>(new ServiceError(
                        ErrorCode.UNAVAILABLE,
                        "This shard changed its leader. Nothing was applied; it is safe to retry."))
                : answer;
    }

    /** Asks this node's partition. */
    CompletionStage<Answer<Outcome>> ask(long table, int group, Intent intent, int bytes, long deadlineNanos) {
        var host = hosts.get(group);
        if (host == null) {
            return CompletableFuture.completedFuture(new Answer.NotLeader<>(journal.leaderOf(group)));
        }
        var patience =
                Duration.ofNanos(Math.max(0, deadlineNanos - clock.nanos())).plus(GRACE);
        return AskPattern.<EntityHost.Message<Intent, Outcome>, Answer<Outcome>>ask(
                        host,
                        replyTo -> new EntityHost.Request<>(
                                new TablePartition(table, group), intent, bytes, deadlineNanos, replyTo),
                        patience,
                        system.scheduler())
                .exceptionally(unanswered -> new Answer.Unknown<>());
    }

    // ---- reads ----

    /** Reads rows of one group. Never {@link Answer.NotLeader}; {@link Answer.NotApplied} if nobody could answer. */
    CompletionStage<Answer<Read.Found>> read(int group, boolean consistent, Read read, long deadlineNanos) {
        if (!consistent && journal.hasReplica(group) && fresh(group)) {
            return ownWrites(group).thenApplyAsync(done -> local(group, read), reads);
        }
        var request = new LeaderCalls.Request<Read.Found>(
                true,
                () -> atLeader(group, consistent, read),
                left -> TableWire.encode(new TableWire.Reading(group, consistent, read)),
                TableWire::decodeFound);
        return leaders.ask(group, deadlineNanos, request);
    }

    private boolean fresh(int group) {
        return journal.staleMillis(group) <= settings.silenceMax().toMillis();
    }

    /** Waits a little for what this node has itself acknowledged, so that put-then-get does not surprise. */
    private CompletionStage<Void> ownWrites(int group) {
        var index = acknowledged.get(group);
        if (journal.rows(group).appliedIndex() >= index) {
            return CompletableFuture.completedFuture(null);
        }
        // a copy, because the journal's own stage is not ours to time out
        return journal.applied(group, index)
                .toCompletableFuture()
                .copy()
                .orTimeout(settings.ownWritesPatience().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(behind -> null);
    }

    private CompletionStage<Answer<Read.Found>> atLeader(int group, boolean consistent, Read read) {
        if (!consistent) {
            return journal.hasReplica(group)
                    ? CompletableFuture.supplyAsync(() -> local(group, read), reads)
                    : CompletableFuture.completedFuture(new Answer.NotLeader<>(journal.leaderOf(group)));
        }
        return recovering(() -> journal.barrier(group).thenApplyAsync(index -> local(group, read), reads));
    }

    private Answer<Read.Found> local(int group, Read read) {
        var rows = journal.rows(group);
        return new Answer.Decided<>(RowReads.read(rows, read), rows.appliedIndex());
    }

    private static <R> CompletionStage<Answer<R>> recovering(Supplier<CompletionStage<Answer<R>>> barrier) {
        return barrier.get().exceptionallyCompose(failure -> switch (cause(failure)) {
            case NotLeaderException elsewhere ->
                CompletableFuture.completedFuture(new Answer.NotLeader<>(elsewhere.leader()));
            case NoQuorumException alone ->
                CompletableFuture.completedFuture(new Answer.NotApplied<>(new ServiceError(
                        ErrorCode.UNAVAILABLE, "The replicas of this shard do not answer. It is safe to retry.")));
            default -> CompletableFuture.failedFuture(failure);
        });
    }

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    // ---- other nodes' calls ----

    CompletionStage<byte[]> respond(byte[] bytes) {
        return switch (TableWire.decode(bytes)) {
            case TableWire.Reading reading ->
                atLeader(reading.group(), reading.consistent(), reading.read()).thenApply(TableWire::encodeFound);
            case TableWire.Writes writes -> {
                var deadline =
                        clock.nanos() + Duration.ofMillis(writes.millisLeft()).toNanos();
                yield known(writes.table(), deadline)
                        .handle((table, failure) -> failure == null
                                ? compiled(table, writes, deadline)
                                : CompletableFuture.completedFuture(Partitions.<List<Answer<Outcome>>>unasked(failure)))
                        .thenCompose(answer -> answer)
                        .thenApply(TableWire::encodeOutcomes);
            }
        };
    }

    private CompletionStage<Answer<List<Answer<Outcome>>>> compiled(
            Optional<Table> table, TableWire.Writes writes, long deadlineNanos) {
        if (table.isEmpty()) {
            return CompletableFuture.completedFuture(new Answer.Decided<>(
                    writes.requests().stream()
                            .<Answer<Outcome>>map(gone -> new Answer.Decided<>(new Outcome.TableClosed(), 0))
                            .toList(),
                    0));
        }
        var routed = writes.requests().stream()
                .map(request -> CompiledWrite.of(request).on(table.get()))
                .toList();
        return decide(writes.table(), writes.group(), routed, deadlineNanos);
    }

    /** The catalogue could not say whether the table exists: nothing was proposed. */
    private static <R> Answer<R> unasked(Throwable failure) {
        if (cause(failure) instanceof ServiceException refused) {
            return new Answer.NotApplied<>(refused.error());
        }
        throw new CompletionException(cause(failure));
    }

    /** The table of this id; this node may not yet have heard of it. */
    private CompletionStage<Optional<Table>> known(long id, long deadlineNanos) {
        var table = catalogue.table(id);
        return table.isPresent()
                ? CompletableFuture.completedFuture(table)
                : catalogue.confirm(deadlineNanos).thenApply(confirmed -> catalogue.table(id));
    }
}
