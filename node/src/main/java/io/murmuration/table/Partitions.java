package io.murmuration.table;

import io.murmuration.base.Clock;
import io.murmuration.catalogue.Catalogue;
import io.murmuration.catalogue.Catalogue.Table;
import io.murmuration.cluster.Links;
import io.murmuration.cluster.Links.Channel;
import io.murmuration.journal.Journal;
import io.murmuration.journal.JournalOverloadedException;
import io.murmuration.journal.NoQuorumException;
import io.murmuration.journal.NotLeaderException;
import io.murmuration.journal.RowsReplacedException;
import io.murmuration.journal.entity.Answer;
import io.murmuration.journal.entity.EntityHost;
import io.murmuration.journal.entity.LeaderCalls;
import io.murmuration.protocol.CommonError;
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
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to the partitions of all tables, on whichever node their leaders are. Safe for use by many threads. */
final class Partitions {
    /** A request in flight at its deadline is answered by its partition; whoever asks waits a little longer for that. */
    private static final Duration GRACE = Duration.ofMillis(250);

    /** How long a fresher replica is looked for, for a read that may be old. */
    private static final Duration FORWARDING = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);

    private final ActorSystem<?> system;
    private final Journal journal;
    private final Catalogue catalogue;
    private final TableSettings settings;
    private final Clock clock;
    private final LeaderCalls leaders;
    private final Executor reads;
    private final ReadBudget budget;
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
            ReadBudget budget,
            Map<Integer, ActorRef<EntityHost.Message<Intent, Outcome>>> hosts) {
        this.system = system;
        this.journal = journal;
        this.catalogue = catalogue;
        this.settings = settings;
        this.clock = clock;
        this.leaders = new LeaderCalls(system, journal, links, Channel.TABLES, clock);
        this.reads = reads;
        this.budget = budget;
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
                        CommonError.UNAVAILABLE,
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

    /** The memory of one request's reads. */
    ReadBudget.Share openShare() {
        return budget.open();
    }

    /** Reads rows of one group. Never {@link Answer.NotLeader}; {@link Answer.NotApplied} if nobody could answer, or there is no room for it. */
    CompletionStage<Answer<Read.Found>> read(
            int group, boolean consistent, Read read, long deadlineNanos, ReadBudget.Share share) {
        if (consistent || !journal.hasReplica(group)) {
            return atAnyLeader(group, consistent, read, deadlineNanos, share);
        }
        if (!fresh(group)) {
            return forwarded(group, read, deadlineNanos, share);
        }
        return ownWrites(group)
                .thenCompose(caughtUp -> caughtUp
                        ? onReads(group, read, deadlineNanos, share)
                        : CompletableFuture.completedFuture(new Answer.NotLeader<>(journal.leaderOf(group))))
                .thenCompose(answer -> answer instanceof Answer.NotLeader<Read.Found>
                        ? forwarded(group, read, deadlineNanos, share)
                        : CompletableFuture.completedFuture(answer));
    }

    private CompletionStage<Answer<Read.Found>> atAnyLeader(
            int group, boolean consistent, Read read, long deadlineNanos, ReadBudget.Share share) {
        var request = new LeaderCalls.Request<Read.Found>(
                true,
                () -> atLeader(group, consistent, read, deadlineNanos, share),
                left -> TableWire.encode(new TableWire.Reading(group, consistent, left, read)),
                bytes -> admitted(TableWire.decodeFound(bytes), share),
                length -> share.takeBytes(length));
        return leaders.ask(group, deadlineNanos, request);
    }

    /** Whether this node's replica has heard and applied recently enough what its leader has committed. */
    private boolean fresh(int group) {
        return journal.staleMillis(group) <= settings.silenceMax().toMillis();
    }

    /** An eventually consistent read that this node's rows are too old for. They have to do where no leader is found: the read promises no more. */
    private CompletionStage<Answer<Read.Found>> forwarded(
            int group, Read read, long deadlineNanos, ReadBudget.Share share) {
        var patient = clock.nanos() + FORWARDING.toNanos();
        return atAnyLeader(group, false, read, patient - deadlineNanos < 0 ? patient : deadlineNanos, share)
                .thenCompose(answer -> unavailable(answer) && sound(group)
                        ? onReads(group, read, deadlineNanos, share)
                                .thenApply(own -> own instanceof Answer.NotLeader<Read.Found> ? answer : own)
                        : CompletableFuture.completedFuture(answer));
    }

    /** Whether this node's rows are those of some earlier moment: a damaged replica's are of none. */
    private boolean sound(int group) {
        return journal.status().stream()
                .noneMatch(replica -> replica.group() == group && replica.role().equals("damaged"));
    }

    private static boolean unavailable(Answer<?> answer) {
        return answer instanceof Answer.NotApplied<?> refused && refused.error().code() == CommonError.UNAVAILABLE;
    }

    /** Waits a little for what this node has itself acknowledged, so that put-then-get does not surprise; whether it is there. */
    private CompletionStage<Boolean> ownWrites(int group) {
        var index = acknowledged.get(group);
        if (journal.rows(group).appliedIndex() >= index) {
            return CompletableFuture.completedFuture(true);
        }
        // a copy, because the journal's own stage is not ours to time out
        return journal.applied(group, index)
                .toCompletableFuture()
                .copy()
                .orTimeout(settings.ownWritesPatience().toMillis(), TimeUnit.MILLISECONDS)
                .handle((applied, behind) -> behind == null);
    }

    /** At the leader; an eventually consistent read may also be answered by another replica that was taken for it, if it is fresh. */
    private CompletionStage<Answer<Read.Found>> atLeader(
            int group, boolean consistent, Read read, long deadlineNanos, ReadBudget.Share share) {
        if (!consistent) {
            return journal.hasReplica(group) && fresh(group)
                    ? onReads(group, read, deadlineNanos, share)
                    : CompletableFuture.completedFuture(new Answer.NotLeader<>(journal.leaderOf(group)));
        }
        var left = deadlineNanos - clock.nanos();
        if (left <= 0) {
            return CompletableFuture.completedFuture(late());
        }
        // a copy, because the journal's own stage is not ours to time out
        return journal.barrier(group)
                .toCompletableFuture()
                .copy()
                .orTimeout(left, TimeUnit.NANOSECONDS)
                .thenCompose(index -> onReads(group, read, deadlineNanos, share))
                .exceptionallyCompose(Partitions::unread);
    }

    /** The rows as of now, unless the deadline passed while others were read. {@link Answer.NotLeader} while they are being replaced. */
    private CompletionStage<Answer<Read.Found>> onReads(
            int group, Read read, long deadlineNanos, ReadBudget.Share share) {
        return CompletableFuture.supplyAsync(
                () -> deadlineNanos - clock.nanos() <= 0 ? late() : local(group, read, share), reads);
    }

    private Answer<Read.Found> local(int group, Read read, ReadBudget.Share share) {
        var rows = journal.rows(group);
        try {
            var found = RowReads.read(rows, read);
            return share.takeBytes(Read.bytesOf(found))
                    ? admitted(new Answer.Decided<>(found, rows.appliedIndex()), share)
                    : throttled();
        } catch (RowsReplacedException replaced) {
            LOG.debug("rows of group {} are read elsewhere", group, replaced);
            return new Answer.NotLeader<>(0);
        }
    }

    private static Answer<Read.Found> admitted(Answer<Read.Found> answer, ReadBudget.Share share) {
        return !(answer instanceof Answer.Decided<Read.Found> decided)
                        || !(decided.reply() instanceof Read.Page page)
                        || share.takeRows(page.rows().size())
                ? answer
                : throttled();
    }

    private static CompletionStage<Answer<Read.Found>> unread(Throwable failure) {
        return switch (cause(failure)) {
            case NotLeaderException elsewhere ->
                CompletableFuture.completedFuture(new Answer.NotLeader<>(elsewhere.leader()));
            case NoQuorumException alone ->
                CompletableFuture.completedFuture(new Answer.NotApplied<>(new ServiceError(
                        CommonError.UNAVAILABLE, "The replicas of this shard do not answer. It is safe to retry.")));
            case JournalOverloadedException full -> CompletableFuture.completedFuture(throttled());
            case TimeoutException late -> CompletableFuture.completedFuture(late());
            default -> CompletableFuture.failedFuture(failure);
        };
    }

    private static Answer<Read.Found> late() {
        return new Answer.NotApplied<>(
                new ServiceError(CommonError.UNAVAILABLE, "The read waited past its deadline. It is safe to retry."));
    }

    private static Answer<Read.Found> throttled() {
        return new Answer.NotApplied<>(new ServiceError(
                CommonError.THROTTLING, "Too much is being read at once. Reduce the rate of requests."));
    }

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    // ---- other nodes' calls ----

    CompletionStage<byte[]> respond(byte[] bytes) {
        return switch (TableWire.decode(bytes)) {
            case TableWire.Reading reading -> {
                var deadline =
                        clock.nanos() + Duration.ofMillis(reading.millisLeft()).toNanos();
                var share = budget.open();
                yield atLeader(reading.group(), reading.consistent(), reading.read(), deadline, share)
                        .thenApply(TableWire::encodeFound)
                        .whenComplete((answer, failure) -> share.close());
            }
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
                .map(request -> CompiledWrite.of(request).on(table.get(), clock.millis()))
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
