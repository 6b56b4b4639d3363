package io.murmuration.trigger;

import io.murmuration.base.Clock;
import io.murmuration.cluster.Links;
import io.murmuration.cluster.Links.Channel;
import io.murmuration.journal.Journal;
import io.murmuration.journal.entity.Answer;
import io.murmuration.journal.entity.EntityHost;
import io.murmuration.journal.entity.LeaderCalls;
import io.murmuration.trigger.CursorIntent.Outcome;
import io.murmuration.trigger.CursorIntent.Tell;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/** The way to the cursors of all shards, on whichever node their leaders are. Any thread. */
final class Cursors {
    private static final int INTENT_BYTES = 128;
    private static final Duration GRACE = Duration.ofMillis(250);
    /** Who is asked what his readers met has it in memory. */
    private static final Duration RESULTS_PATIENCE = Duration.ofMillis(500);

    private static final long SILENT_MILLIS_MAX = 1_000;

    private final ActorSystem<?> system;
    private final Journal journal;
    private final Links links;
    private final LeaderCalls leaders;
    private final LastResults results;
    private final Clock clock;
    private final Map<Integer, ActorRef<EntityHost.Message<CursorIntent, Outcome>>> hosts;

    Cursors(
            ActorSystem<?> system,
            Journal journal,
            Links links,
            LastResults results,
            Clock clock,
            Map<Integer, ActorRef<EntityHost.Message<CursorIntent, Outcome>>> hosts) {
        this.system = system;
        this.journal = journal;
        this.links = links;
        this.leaders = new LeaderCalls(system, journal, links, Channel.TRIGGERS, clock);
        this.results = results;
        this.clock = clock;
        this.hosts = hosts;
    }

    int shards() {
        return journal.groups() - 1;
    }

    /** Tells the mapping's cursor in one shard. Never {@link Answer.NotLeader}. */
    CompletionStage<Answer<Outcome>> tell(int group, Tell tell, long deadlineNanos) {
        return leaders.ask(
                group,
                deadlineNanos,
                new LeaderCalls.Request<>(
                        true,
                        () -> decide(group, tell, deadlineNanos),
                        left -> TriggerWire.encode(new TriggerWire.TellCursor(group, left, tell)),
                        TriggerWire::decodeAnswer));
    }

    /** Asks this node's cursors of the group. */
    CompletionStage<Answer<Outcome>> decide(int group, CursorIntent intent, long deadlineNanos) {
        var host = hosts.get(group);
        if (host == null) {
            return CompletableFuture.completedFuture(new Answer.NotLeader<>(journal.leaderOf(group)));
        }
        var patience =
                Duration.ofNanos(Math.max(0, deadlineNanos - clock.nanos())).plus(GRACE);
        return AskPattern.<EntityHost.Message<CursorIntent, Outcome>, Answer<Outcome>>ask(
                        host,
                        replyTo -> new EntityHost.Request<>(
                                new ShardCursors(group), intent, INTENT_BYTES, deadlineNanos, replyTo),
                        patience,
                        system.scheduler())
                .exceptionally(unanswered -> new Answer.Unknown<>());
    }

    CompletionStage<LastResults.Result> lastResult(UUID mapping) {
        return lastResults().thenApply(all -> all.getOrDefault(mapping, LastResults.Result.NEVER));
    }

    /** What readers met last, on all nodes that answer. */
    CompletionStage<Map<UUID, LastResults.Result>> lastResults() {
        CompletionStage<Map<UUID, LastResults.Result>> latest = CompletableFuture.completedFuture(results.all());
        for (long node : links.nodes()) {
            if (node != links.self() && links.silentMillis(node) <= SILENT_MILLIS_MAX) {
                latest = latest.thenCombine(resultsOf(node), Cursors::latest);
            }
        }
        return latest;
    }

    private CompletionStage<Map<UUID, LastResults.Result>> resultsOf(long node) {
        var get = TriggerWire.encode(new TriggerWire.GetResults());
        return links.call(node, Channel.TRIGGERS, get, RESULTS_PATIENCE)
                .handle((bytes, unreachable) -> bytes == null ? Map.of() : TriggerWire.decodeResults(bytes));
    }

    private static Map<UUID, LastResults.Result> latest(
            Map<UUID, LastResults.Result> some, Map<UUID, LastResults.Result> others) {
        var all = new HashMap<>(some);
        others.forEach((mapping, result) -> all.merge(mapping, result, LastResults.Result::later));
        return all;
    }

    /** Answers another node. */
    CompletionStage<byte[]> respond(byte[] bytes) {
        return switch (TriggerWire.decode(bytes)) {
            case TriggerWire.TellCursor cursor ->
                decide(
                                cursor.group(),
                                cursor.tell(),
                                clock.nanos()
                                        + Duration.ofMillis(cursor.millisLeft()).toNanos())
                        .thenApply(TriggerWire::encodeAnswer);
            case TriggerWire.GetResults get ->
                CompletableFuture.completedFuture(TriggerWire.encodeResults(results.all()));
        };
    }
}
