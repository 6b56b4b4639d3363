package io.murmuration.object;

import io.murmuration.base.Clock;
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
import io.murmuration.object.index.BucketShard;
import io.murmuration.object.index.IndexFound;
import io.murmuration.object.index.IndexIntent;
import io.murmuration.object.index.IndexOutcome;
import io.murmuration.object.index.IndexRead;
import io.murmuration.object.index.IndexReads;
import io.murmuration.object.index.IndexWire;
import io.murmuration.object.index.Notices;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * The way to the indexes of all buckets, on whichever node their leaders are. Safe for use by many threads. Stages fail with {@link ServiceException}:
 * {@code UNAVAILABLE} or {@code THROTTLING} if surely nothing was done, {@code OUTCOME_UNKNOWN} if that is not known.
 */
final class ObjectIndex {
    /** A request in flight at its deadline is answered by its entity; whoever asks waits a little longer for that. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private static final int INTENT_BYTES = 512;

    private final ActorSystem<?> system;
    private final Journal journal;
    private final Clock clock;
    private final Duration patience;
    private final LeaderCalls leaders;
    private final Executor reads;
    private final Map<Integer, ActorRef<EntityHost.Message<IndexIntent, IndexOutcome>>> hosts;

    private volatile IntConsumer listener = group -> {};

    ObjectIndex(
            ActorSystem<?> system,
            Journal journal,
            Links links,
            Clock clock,
            Duration patience,
            Executor reads,
            Map<Integer, ActorRef<EntityHost.Message<IndexIntent, IndexOutcome>>> hosts) {
        this.system = system;
        this.journal = journal;
        this.clock = clock;
        this.patience = patience;
        this.leaders = new LeaderCalls(system, journal, links, Channel.OBJECTS, clock);
        this.reads = reads;
        this.hosts = hosts;
    }

    /** Calls the listener with the group whose index, on this node, may have an event to be told. */
    void onEvent(IntConsumer told) {
        listener = told;
    }

    int shards() {
        return journal.groups() - 1;
    }

    /** From now on, as long as an index may take. */
    long deadline() {
        return clock.nanos() + patience.toNanos();
    }

    /** @param bytes about what the intent weighs besides what every one does */
    CompletionStage<IndexOutcome> decide(int group, long bucket, IndexIntent.Remote intent, int bytes) {
        long deadlineNanos = deadline();
        var request = new LeaderCalls.Request<IndexOutcome>(
                false,
                () -> ask(group, bucket, intent, bytes + INTENT_BYTES, deadlineNanos),
                left -> IndexWire.encode(group, bucket, left, intent),
                IndexWire::decodeOutcome);
        return leaders.ask(group, deadlineNanos, request).thenApply(ObjectIndex::decided);
    }

    /** What the index of a group has, as it is now (S3 is strongly consistent). */
    CompletionStage<IndexFound> read(int group, IndexRead read) {
        long deadlineNanos = deadline();
        var request = new LeaderCalls.Request<IndexFound>(
                true,
                () -> atLeader(group, read, deadlineNanos),
                left -> IndexWire.encode(group, left, read),
                IndexWire::decodeFound);
        return leaders.ask(group, deadlineNanos, request).thenApply(ObjectIndex::decided);
    }

    private static <T> T decided(Answer<T> answer) {
        return switch (answer) {
            case Answer.Decided<T> decided -> decided.reply();
            case Answer.NotApplied<T> refused -> throw new ServiceException(refused.error());
            case Answer.Unknown<T> unknown ->
                throw new ServiceException(new ServiceError(
                        CommonError.OUTCOME_UNKNOWN,
                        "The outcome of the request is unknown: repeat it only if repeating does no harm."));
            case Answer.NotLeader<T> elsewhere -> throw new IllegalStateException("a leader that does not lead");
        };
    }

    /** Asks this node's own entity. */
    CompletionStage<Answer<IndexOutcome>> ask(
            int group, long bucket, IndexIntent intent, int bytes, long deadlineNanos) {
        var host = hosts.get(group);
        if (host == null) {
            return CompletableFuture.completedFuture(new Answer.NotLeader<>(journal.leaderOf(group)));
        }
        var wait = Duration.ofNanos(Math.max(0, deadlineNanos - clock.nanos())).plus(GRACE);
        return AskPattern.<EntityHost.Message<IndexIntent, IndexOutcome>, Answer<IndexOutcome>>ask(
                        host,
                        replyTo -> new EntityHost.Request<>(
                                new BucketShard(bucket, group), intent, bytes, deadlineNanos, replyTo),
                        wait,
                        system.scheduler())
                .thenApply(answer -> {
                    if (answer instanceof Answer.Decided && hasNotices(intent)) {
                        listener.accept(group);
                    }
                    return answer;
                })
                .exceptionally(unanswered -> new Answer.Unknown<>());
    }

    private static boolean hasNotices(IndexIntent intent) {
        var notices =
                switch (intent) {
                    case IndexIntent.Put put -> put.notices();
                    case IndexIntent.Delete delete -> delete.notices();
                    case IndexIntent.Complete complete -> complete.notices();
                    default -> Notices.NONE;
                };
        return !notices.targets().isEmpty();
    }

    private CompletionStage<Answer<IndexFound>> atLeader(int group, IndexRead read, long deadlineNanos) {
        long left = deadlineNanos - clock.nanos();
        if (left <= 0) {
            return CompletableFuture.completedFuture(unavailable("The read waited past its deadline."));
        }
        // a copy, because the journal's own stage is not ours to time out
        return journal.barrier(group)
                .toCompletableFuture()
                .copy()
                .orTimeout(left, TimeUnit.NANOSECONDS)
                .thenApplyAsync(index -> here(group, read), reads)
                .exceptionallyCompose(failure -> unread(cause(failure)));
    }

    private Answer<IndexFound> here(int group, IndexRead read) {
        var rows = journal.rows(group);
        return new Answer.Decided<>(IndexReads.read(rows, read), rows.appliedIndex());
    }

    private static CompletionStage<Answer<IndexFound>> unread(Throwable failure) {
        return switch (failure) {
            case NotLeaderException elsewhere ->
                CompletableFuture.completedFuture(new Answer.NotLeader<>(elsewhere.leader()));
            case RowsReplacedException replaced -> CompletableFuture.completedFuture(new Answer.NotLeader<>(0));
            case NoQuorumException alone ->
                CompletableFuture.completedFuture(unavailable("The replicas of this shard do not answer."));
            case ServiceException refused ->
                CompletableFuture.completedFuture(new Answer.NotApplied<>(refused.error()));
            case TimeoutException late ->
                CompletableFuture.completedFuture(unavailable("The read waited past its deadline."));
            case JournalOverloadedException full ->
                CompletableFuture.completedFuture(new Answer.NotApplied<>(
                        new ServiceError(CommonError.THROTTLING, "Please reduce your request rate.")));
            default -> CompletableFuture.failedFuture(failure);
        };
    }

    private static Answer<IndexFound> unavailable(String why) {
        return new Answer.NotApplied<>(new ServiceError(CommonError.UNAVAILABLE, why + " It is safe to retry."));
    }

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null
                ? cause(failure.getCause())
                : failure;
    }

    /** Other nodes' calls. */
    CompletionStage<byte[]> respond(byte[] bytes) {
        return switch (IndexWire.decode(bytes)) {
            case IndexWire.Deciding call ->
                ask(
                                call.group(),
                                call.bucket(),
                                call.intent(),
                                call.bytes() + INTENT_BYTES,
                                deadline(call.millisLeft()))
                        .thenApply(IndexWire::encodeOutcome);
            case IndexWire.Reading call ->
                atLeader(call.group(), call.read(), deadline(call.millisLeft())).thenApply(IndexWire::encodeFound);
        };
    }

    private long deadline(long millisLeft) {
        return clock.nanos() + Duration.ofMillis(millisLeft).toNanos();
    }
}
