package io.murmuration.function.queue;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.base.FairShares;
import io.murmuration.base.Restarts;
import io.murmuration.cluster.Links;
import io.murmuration.cluster.Links.Channel;
import io.murmuration.function.Functions;
import io.murmuration.function.queue.QueueIntent.Outcome;
import io.murmuration.journal.Journal;
import io.murmuration.journal.entity.EntityHost;
import io.murmuration.journal.entity.EntitySettings;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;

/** Starts the queues of a node. */
public final class QueueNode {
    /** Small reads of rows, beside those of tables. */
    private static final String READERS = "murmuration.dispatchers.table-reads";

    private QueueNode() {}

    /**
     * Starts a queue and its keeper for every shard that this node replicates, and answers other nodes' calls. They end with the actor system.
     *
     * @param functions by which events are delivered
     */
    public static AsyncInvocations start(
            ActorSystem<?> system,
            Journal journal,
            Links links,
            Functions functions,
            QueueSettings settings,
            Clock clock,
            Chance chance) {
        var hosts = new HashMap<Integer, ActorRef<EntityHost.Message<QueueIntent, Outcome>>>();
        for (var group = 1; group < journal.groups(); group++) {
            if (journal.hasReplica(group)) {
                hosts.put(
                        group,
                        system.systemActorOf(
                                EntityHost.create(journal, group, EntitySettings.defaults(), clock),
                                "invocations-" + group,
                                Props.empty()));
            }
        }
        Map<Integer, ActorRef<QueueKeeper.Message>> keepers = new ConcurrentHashMap<>();
        var queues = new Queues(system, journal, links, settings, clock, chance, hosts, group -> {
            var keeper = keepers.get(group);
            if (keeper != null) {
                keeper.tell(new QueueKeeper.Look());
            }
        });
        var readers = system.dispatchers().lookup(DispatcherSelector.fromConfig(READERS));
        var parts = new QueueKeeper.Parts(
                queues, functions, new FairShares<>(settings.inFlightBytesMax()), settings, clock, readers);
        hosts.keySet()
                .forEach(group -> keepers.put(
                        group,
                        system.systemActorOf(
                                Restarts.after(QueueKeeper.create(group, journal, parts)),
                                "queue-keeper-" + group,
                                Props.empty())));
        // away from the links' threads, which have other work
        links.respond(Channel.INVOCATIONS, (from, request) -> CompletableFuture.supplyAsync(
                        () -> queues.respond(request), system.executionContext())
                .thenCompose(answer -> answer));
        return queues;
    }
}
