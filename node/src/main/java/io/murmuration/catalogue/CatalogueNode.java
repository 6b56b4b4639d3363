package io.murmuration.catalogue;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.base.Clock;
import io.murmuration.cluster.Links;
import io.murmuration.cluster.Links.Channel;
import io.murmuration.journal.Journal;
import io.murmuration.journal.NoQuorumException;
import io.murmuration.journal.NotLeaderException;
import io.murmuration.journal.entity.Answer;
import io.murmuration.journal.entity.AnswerCodec;
import io.murmuration.journal.entity.EntityHost;
import io.murmuration.journal.entity.EntitySettings;
import io.murmuration.journal.entity.LeaderCalls;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.TableSchema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.pattern.Patterns;
import org.jspecify.annotations.Nullable;

/** The catalogue on this node: its view of group 0's rows, and the way to the entity that changes them. Safe for use by many threads. */
public final class CatalogueNode implements Catalogue, Resources {
    private static final int GROUP = 0;
    private static final Duration SPREADING_MAX = Duration.ofSeconds(1);
    private static final Duration FOLLOWING_PAUSE = Duration.ofMillis(200);
    /** A change in flight at the deadline is answered by its entity; whoever asks waits a little longer for that. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private static final int INTENT_BYTES = 512;

    private final ActorSystem<?> system;
    private final Journal journal;
    private final Links links;
    private final Clock clock;
    private final LeaderCalls leaders;
    private final Executor reads;
    private final ActorRef<EntityHost.Message<CatalogueRules.Intent, CatalogueRules.Reply>> host;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile CatalogueState state = CatalogueState.EMPTY;

    private CatalogueNode(ActorSystem<?> system, Journal journal, Links links, Clock clock) {
        this.system = system;
        this.journal = journal;
        this.links = links;
        this.clock = clock;
        this.leaders = new LeaderCalls(system, journal, links, Channel.CATALOGUE, clock);
        this.reads = system.dispatchers().lookup(DispatcherSelector.fromConfig("murmuration.dispatchers.table-reads"));
        this.host = system.systemActorOf(
                EntityHost.create(journal, GROUP, EntitySettings.defaults(), clock), "catalogue", Props.empty());
    }

    /** Starts it. Look-ups show what this node's replica of group 0 holds. */
    public static CatalogueNode start(ActorSystem<?> system, Journal journal, Links links, Clock clock) {
        var node = new CatalogueNode(system, journal, links, clock);
        // away from the links' threads, which have other work
        links.respond(Channel.CATALOGUE, (from, request) -> CompletableFuture.supplyAsync(
                        () -> node.respond(request), system.executionContext())
                .thenCompose(answer -> answer));
        node.refresh();
        node.follow();
        return node;
    }

    // ---- look-ups ----

    @Override
    public Optional<Table> table(String name) {
        return Optional.ofNullable(state.byName().get(name));
    }

    @Override
    public Optional<Table> table(long id) {
        return Optional.ofNullable(state.byId().get(id));
    }

    @Override
    public List<String> tableNames(@Nullable String after, int limit) {
        return state.names(after, limit);
    }

    @Override
    public List<Table> deleting() {
        return state.deleting();
    }

    @Override
    public CompletionStage<Void> confirm(long deadlineNanos) {
        var request = new LeaderCalls.Request<Long>(
                true,
                this::barrier,
                left -> CatalogueCalls.encode(new CatalogueCalls.Barrier()),
                bytes -> AnswerCodec.read(new ByteReader(bytes), ByteReader::int64));
        return leaders.ask(GROUP, deadlineNanos, request)
                .thenCompose(answer -> shows(decided(answer), Duration.ofNanos(deadlineNanos - clock.nanos())));
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** This node's rows catch up by themselves: each apply that it learns of makes a new view. */
    private void follow() {
        journal.applied(GROUP, state.index() + 1)
                .thenRunAsync(this::refresh, reads)
                .whenComplete((done, failure) -> {
                    if (failure == null || unwrap(failure) instanceof NoQuorumException) {
                        follow(); // the journal ends a long wait so: nothing new is no failure
                    } else if (!system.whenTerminated().isCompleted()) {
                        followLater(unwrap(failure));
                    }
                });
    }

    private void followLater(Throwable failure) {
        // a replica that starts or ends answers so
        if (!(failure instanceof NotLeaderException)) {
            system.log().warn("The catalogue could not follow its rows and tries again.", failure);
        }
        var unused =
                Patterns.after(FOLLOWING_PAUSE, system.classicSystem().scheduler(), system.executionContext(), () -> {
                    follow();
                    return CompletableFuture.completedFuture(null);
                });
    }

    private void refresh() {
        if (advance()) {
            listeners.forEach(Runnable::run);
        }
    }

    /** One at a time: of many who wait for the same change one reads all rows, and the others find that done. */
    private synchronized boolean advance() {
        var rows = journal.rows(GROUP);
        if (rows.appliedIndex() <= state.index()) {
            return false;
        }
        state = CatalogueState.read(rows);
        return true;
    }

    /** Completes when look-ups show everything up to the index. */
    private CompletionStage<Void> shows(long index, Duration atMost) {
        if (state.index() >= index) {
            return CompletableFuture.completedFuture(null);
        }
        // a copy, because the journal's own stage is not ours to time out
        return journal.applied(GROUP, index)
                .toCompletableFuture()
                .copy()
                .orTimeout(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS)
                .thenRunAsync(this::refresh, reads)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        unwrap(failure) instanceof TimeoutException
                                ? new ServiceException(new ServiceError(
                                        CommonError.UNAVAILABLE, "This node has fallen behind. It is safe to retry."))
                                : failure));
    }

    @Override
    public Optional<Resource> find(Kind kind, String name) {
        return Optional.ofNullable(state.resources().find(kind, name));
    }

    @Override
    public List<Resource> list(Kind kind, @Nullable String after, int limit) {
        return state.resources().list(kind, after, limit);
    }

    // ---- changes ----

    @Override
    public CompletionStage<Outcome> put(
            Kind kind, String name, long expectedRevision, byte[] content, long deadlineNanos) {
        if (name.isEmpty() || name.length() > NAME_CHARS_MAX || content.length > CONTENT_BYTES_MAX) {
            throw new IllegalArgumentException("a resource's name of " + name.length() + " characters or content of "
                    + content.length + " bytes is not allowed");
        }
        return change(new ResourceRules.Put(kind, name, expectedRevision, content), deadlineNanos);
    }

    @Override
    public CompletionStage<Outcome> remove(Kind kind, String name, long expectedRevision, long deadlineNanos) {
        return change(new ResourceRules.Remove(kind, name, expectedRevision), deadlineNanos);
    }

    private CompletionStage<Outcome> change(ResourceRules.Intent intent, long deadlineNanos) {
        return propose(false, intent, deadlineNanos).thenCompose(answer -> {
            if (!(decided(answer) instanceof ResourceRules.Decided decided)) {
                throw new IllegalStateException("a table's change answers a resource's");
            }
            return decided.outcome() instanceof Outcome.Changed
                    ? spread(((Answer.Decided<?>) answer).appliedIndex(), spreadingEnd())
                            .thenApply(all -> decided.outcome())
                    : CompletableFuture.completedFuture(decided.outcome());
        });
    }

    @Override
    public CompletionStage<Table> create(TableSchema schema, long deadlineNanos) {
        return change(new CatalogueRules.Create(schema), deadlineNanos)
                .thenCompose(changed -> spread(changed.index(), spreadingEnd()).thenApply(all -> changed.table()));
    }

    @Override
    public CompletionStage<Table> delete(String name, long deadlineNanos) {
        return change(new CatalogueRules.Delete(name), deadlineNanos).thenCompose(changed -> {
            var until = spreadingEnd();
            return spread(changed.index(), until)
                    .thenCombine(gone(changed.table().id(), until), (all, gone) -> gone)
                    // with the name free, no reachable node shall go on saying that it is taken
                    .thenCompose(gone -> gone ? spread(state.index(), until) : CompletableFuture.completedFuture(null))
                    .thenApply(all -> changed.table());
        });
    }

    @Override
    public CompletionStage<Void> closed(long table, int group, long deadlineNanos) {
        return propose(true, new CatalogueRules.Closed(table, group), deadlineNanos)
                .thenAccept(CatalogueNode::decided);
    }

    /** A change that was made, and the index from which rows hold it. */
    private record Changed(Table table, long index) {}

    private CompletionStage<Changed> change(CatalogueRules.Intent intent, long deadlineNanos) {
        return propose(false, intent, deadlineNanos).thenApply(answer -> switch (decided(answer)) {
            case CatalogueRules.Refused refused -> throw new ServiceException(refused.error());
            case CatalogueRules.Done done -> new Changed(done.table(), ((Answer.Decided<?>) answer).appliedIndex());
            case CatalogueRules.Noted noted -> throw new IllegalStateException("a closing answers a change");
            case ResourceRules.Decided resource ->
                throw new IllegalStateException("a resource's change answers a table's");
        });
    }

    /** @param harmless whether it may be made twice */
    private CompletionStage<Answer<CatalogueRules.Reply>> propose(
            boolean harmless, CatalogueRules.Intent intent, long deadlineNanos) {
        var request = new LeaderCalls.Request<CatalogueRules.Reply>(
                harmless,
                () -> decide(intent, deadlineNanos),
                left -> CatalogueCalls.encode(new CatalogueCalls.Change(left, intent)),
                bytes -> AnswerCodec.read(new ByteReader(bytes), CatalogueCalls::readReply));
        return leaders.ask(GROUP, deadlineNanos, request);
    }

    private long spreadingEnd() {
        return clock.nanos() + SPREADING_MAX.toNanos();
    }

    /** Whether look-ups have ceased to show the table by then. */
    private CompletionStage<Boolean> gone(long table, long untilNanos) {
        var now = state;
        var left = Duration.ofNanos(untilNanos - clock.nanos());
        if (!now.byId().containsKey(table)) {
            return CompletableFuture.completedFuture(true);
        }
        if (left.isNegative() || left.isZero()) {
            return CompletableFuture.completedFuture(false);
        }
        return shows(now.index() + 1, left)
                .handle((shown, failure) -> failure == null)
                .thenCompose(shown -> shown ? gone(table, untilNanos) : CompletableFuture.completedFuture(false));
    }

    private CompletionStage<Answer<CatalogueRules.Reply>> decide(CatalogueRules.Intent intent, long deadlineNanos) {
        var bytes = INTENT_BYTES + (intent instanceof ResourceRules.Put put ? put.content().length : 0);
        var patience =
                Duration.ofNanos(Math.max(0, deadlineNanos - clock.nanos())).plus(GRACE);
        return AskPattern
                .<EntityHost.Message<CatalogueRules.Intent, CatalogueRules.Reply>, Answer<CatalogueRules.Reply>>ask(
                        host,
                        replyTo -> new EntityHost.Request<>(
                                new CatalogueRules(journal.groups() - 1), intent, bytes, deadlineNanos, replyTo),
                        patience,
                        system.scheduler())
                .exceptionally(unanswered -> new Answer.Unknown<>());
    }

    /** Waits for every node that can be heard: what they do not show by then they show later. */
    private CompletionStage<Void> spread(long index, long untilNanos) {
        var left = Duration.ofNanos(Math.max(0, untilNanos - clock.nanos())).plusMillis(1);
        var waits = links.nodes().stream()
                .map(node -> knows(node, index, left).toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        return CompletableFuture.allOf(waits);
    }

    private CompletionStage<?> knows(long node, long index, Duration atMost) {
        if (node == links.self()) {
            return shows(index, atMost).exceptionally(behind -> null);
        }
        if (links.silentMillis(node) > SPREADING_MAX.toMillis()) {
            return CompletableFuture.completedFuture(null);
        }
        var call = CatalogueCalls.encode(new CatalogueCalls.Applied(index));
        return links.call(node, Channel.CATALOGUE, call, atMost).handle((reply, unreachable) -> null);
    }

    private static <R> R decided(Answer<R> answer) {
        return switch (answer) {
            case Answer.Decided<R> decided -> decided.reply();
            case Answer.NotApplied<R> refused -> throw new ServiceException(refused.error());
            case Answer.NotLeader<R> elsewhere -> throw new IllegalStateException("a leader that does not lead");
            case Answer.Unknown<R> unknown ->
                throw new ServiceException(new ServiceError(
                        CommonError.OUTCOME_UNKNOWN,
                        "The change may or may not have been made. Look what there is before repeating it."));
        };
    }

    // ---- other nodes' calls ----

    private CompletionStage<byte[]> respond(byte[] bytes) {
        return switch (CatalogueCalls.decode(bytes)) {
            case CatalogueCalls.Barrier barrier ->
                barrier().thenApply(answer -> AnswerCodec.encode(answer, ByteWriter::int64));
            case CatalogueCalls.Applied applied ->
                shows(applied.index(), SPREADING_MAX).thenApply(shown -> new byte[0]);
            case CatalogueCalls.Change change ->
                decide(
                                change.intent(),
                                clock.nanos()
                                        + Duration.ofMillis(change.millisLeft()).toNanos())
                        .thenApply(answer -> AnswerCodec.encode(answer, CatalogueCalls::writeReply));
        };
    }

    private CompletionStage<Answer<Long>> barrier() {
        return journal.barrier(GROUP)
                .<Answer<Long>>thenApply(index -> new Answer.Decided<>(index, index))
                .exceptionallyCompose(failure -> switch (unwrap(failure)) {
                    case NotLeaderException elsewhere ->
                        CompletableFuture.completedFuture(new Answer.NotLeader<>(elsewhere.leader()));
                    case NoQuorumException alone ->
                        CompletableFuture.completedFuture(new Answer.NotApplied<>(new ServiceError(
                                CommonError.UNAVAILABLE,
                                "The replicas of the catalogue do not answer. It is safe to retry.")));
                    default -> CompletableFuture.failedFuture(failure);
                });
    }

    private static Throwable unwrap(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
