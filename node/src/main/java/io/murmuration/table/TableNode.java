package io.murmuration.table;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.catalogue.Catalogue;
import io.murmuration.cluster.Links;
import io.murmuration.cluster.Links.Channel;
import io.murmuration.journal.Journal;
import io.murmuration.journal.entity.EntityHost;
import io.murmuration.table.partition.Intent;
import io.murmuration.table.partition.Outcome;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;

/**
 * Tables on a node.
 *
 * @param streams what the tables' streams tell
 * @param feed the streams, for whoever works beside their shards' leaders
 */
public record TableNode(Tables tables, Streams streams, StreamFeed feed) {
    private static final String READS = "murmuration.dispatchers.table-reads";

    /**
     * Starts the partitions' hosts and keepers of every group that this node replicates, and answers other nodes' calls on the channel of
     * tables. They end with the actor system.
     */
    public static TableNode start(
            ActorSystem<?> system,
            Journal journal,
            Links links,
            Catalogue catalogue,
            TableSettings settings,
            Clock clock,
            Chance chance) {
        var reads = system.dispatchers().lookup(DispatcherSelector.fromConfig(READS));
        var hosts = new HashMap<Integer, ActorRef<EntityHost.Message<Intent, Outcome>>>();
        for (var group = 1; group < journal.groups(); group++) {
            if (journal.hasReplica(group)) {
                hosts.put(
                        group,
                        system.systemActorOf(
                                EntityHost.create(journal, group, settings.entities(), clock),
                                "partitions-" + group,
                                Props.empty()));
            }
        }
        var partitions =
                new Partitions(system, journal, links, catalogue, settings, clock, reads, ReadBudget.ofHeap(), hosts);
        hosts.forEach((group, host) -> {
            system.systemActorOf(
                    Keeper.create(group, journal, catalogue, partitions, host, clock, reads),
                    "keeper-" + group,
                    Props.empty());
            system.systemActorOf(
                    StreamTrimmer.create(group, journal, catalogue, partitions, settings, clock),
                    "stream-trimmer-" + group,
                    Props.empty());
        });
        // away from the links' threads, which have other work
        links.respond(Channel.TABLES, (from, request) -> CompletableFuture.supplyAsync(
                        () -> partitions.respond(request), system.executionContext())
                .thenCompose(answer -> answer));
        var directory = new TableDirectory(catalogue, journal, settings, clock, chance, reads);
        return new TableNode(
                new TableService(directory, partitions, settings, clock),
                new StreamService(catalogue, partitions, settings, clock),
                new LocalStreams(catalogue, journal, settings));
    }
}
