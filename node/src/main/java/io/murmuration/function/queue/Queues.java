package io.murmuration.function.queue;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.base.Uuids;
import io.murmuration.cluster.Links;
import io.murmuration.cluster.Links.Channel;
import io.murmuration.function.queue.QueueIntent.Enqueue;
import io.murmuration.function.queue.QueueIntent.Outcome;
import io.murmuration.journal.Journal;
import io.murmuration.journal.entity.Answer;
import io.murmuration.journal.entity.EntityHost;
import io.murmuration.journal.entity.LeaderCalls;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionErrors;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** The way to the queues of all shards, on whichever node their leaders are. */
final class Queues implements AsyncInvocations {
    /** What waits for its append is in memory, with what an actor's message takes besides. */
    private static final int EVENT_BYTES = 512;
    /** A request in flight at its deadline is answered by its entity; whoever asks waits a little longer for that. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private static final int TRACE_CHARS_MAX = 8_192;

    private final ActorSystem<?> system;
    private final Journal journal;
    private final LeaderCalls leaders;
    private final long self;
    private final QueueSettings settings;
    private final Clock clock;
    private final Chance chance;
    private final Map<Integer, ActorRef<EntityHost.Message<QueueIntent, Outcome>>> hosts;
    private final IntConsumer queued;

    /** @param queued is told of each group in which something may have been queued at this node */
    Queues(
            ActorSystem<?> system,
            Journal journal,
            Links links,
            QueueSettings settings,
            Clock clock,
            Chance chance,
            Map<Integer, ActorRef<EntityHost.Message<QueueIntent, Outcome>>> hosts,
            IntConsumer queued) {
        this.system = system;
        this.journal = journal;
        this.leaders = new LeaderCalls(system, journal, links, Channel.INVOCATIONS, clock);
        this.self = links.self();
        this.settings = settings;
        this.clock = clock;
        this.chance = chance;
        this.hosts = hosts;
        this.queued = queued;
    }

    @Override
    public CompletionStage<String> enqueue(Event event, long latestNanos) {
        var patient = clock.nanos() + settings.patience().toNanos();
        var deadlineNanos = latestNanos - patient < 0 ? latestNanos : patient;
        var bytes = event.payload().size();
        if (bytes > PAYLOAD_BYTES_MAX) {
            return CompletableFuture.failedFuture(
                    new ServiceException(FunctionErrors.eventTooLarge(bytes, PAYLOAD_BYTES_MAX)));
        }
        var id = Uuids.random(chance).toString();
        var now = clock.millis();
        // nobody needs more of a trace than this, and it is stored
        var trace = event.traceId().length() > TRACE_CHARS_MAX ? "" : event.traceId();
        var head = new EventHead(event.function(), id, now, now, 0, 0, bytes, trace, event.clientContext());
        var enqueue = new Enqueue(head, event.payload().toArray());
        var group = group();
        var request = new LeaderCalls.Request<Outcome>(
                false,
                () -> enqueueHere(group, enqueue, deadlineNanos),
                left -> QueueWire.encode(new QueueWire.Call(group, left, enqueue)),
                QueueWire::decodeAnswer);
        return leaders.ask(group, deadlineNanos, request).thenApply(answer -> {
            accepted(answer);
            return id;
        });
    }

    /** A shard that this node leads, so that nothing has to travel but the entries; else one that has a leader; else any. */
    private int group() {
        var shards = journal.groups() - 1;
        var first = (int) chance.nextLong(shards);
        return IntStream.range(0, shards)
                .map(at -> 1 + (first + at) % shards)
                .boxed()
                .max((one, other) -> Integer.compare(worth(one), worth(other)))
                .orElse(1 + first);
    }

    private int worth(int group) {
        var leader = journal.leaderOf(group);
        return leader == 0 ? 0 : leader == self ? 2 : 1;
    }

    private CompletionStage<Answer<Outcome>> enqueueHere(int group, Enqueue enqueue, long deadlineNanos) {
        return decide(group, enqueue, EVENT_BYTES + enqueue.payload().length, deadlineNanos)
                .whenComplete((answer, failure) -> {
                    if (!(answer instanceof Answer.NotLeader) && !(answer instanceof Answer.NotApplied)) {
                        queued.accept(group);
                    }
                });
    }

    /** Asks this node's queue of the group. */
    CompletionStage<Answer<Outcome>> decide(int group, QueueIntent intent, int bytes, long deadlineNanos) {
        var host = hosts.get(group);
        if (host == null) {
            return CompletableFuture.completedFuture(new Answer.NotLeader<>(journal.leaderOf(group)));
        }
        var patience =
                Duration.ofNanos(Math.max(0, deadlineNanos - clock.nanos())).plus(GRACE);
        return AskPattern.<EntityHost.Message<QueueIntent, Outcome>, Answer<Outcome>>ask(
                        host,
                        replyTo -> new EntityHost.Request<>(
                                new InvocationQueue(group, settings), intent, bytes, deadlineNanos, replyTo),
                        patience,
                        system.scheduler())
                .exceptionally(unanswered -> new Answer.Unknown<>());
    }

    private static void accepted(Answer<Outcome> answer) {
        switch (answer) {
            case Answer.Decided<Outcome> decided -> {
                if (decided.reply() instanceof Outcome.QueueFull full) {
                    throw new ServiceException(FunctionErrors.queueFull(full.ofFunction()));
                }
            }
            case Answer.NotApplied<Outcome> refused ->
                throw new ServiceException(
                        refused.error().code() == CommonError.THROTTLING
                                ? FunctionErrors.queueFull(false)
                                : refused.error());
            case Answer.NotLeader<Outcome> elsewhere -> throw new IllegalStateException("a leader that does not lead");
            case Answer.Unknown<Outcome> unknown ->
                throw new ServiceException(new ServiceError(
                        CommonError.OUTCOME_UNKNOWN,
                        "The event may or may not have been queued. If it is sent again, it may be delivered twice."));
        }
    }

    /** Answers another node. */
    CompletionStage<byte[]> respond(byte[] request) {
        var call = QueueWire.decode(request);
        var deadline = clock.nanos() + Duration.ofMillis(call.millisLeft()).toNanos();
        return enqueueHere(call.group(), call.enqueue(), deadline).thenApply(QueueWire::encodeAnswer);
    }
}
