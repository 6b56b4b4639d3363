package io.murmuration.object;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.catalogue.Resources;
import io.murmuration.cluster.Links;
import io.murmuration.cluster.Links.Channel;
import io.murmuration.journal.Journal;
import io.murmuration.journal.entity.EntityHost;
import io.murmuration.object.chunk.ChunkHost;
import io.murmuration.object.chunk.ChunkPeers;
import io.murmuration.object.chunk.ChunkStore;
import io.murmuration.object.chunk.ReplicatedChunks;
import io.murmuration.object.index.IndexIntent;
import io.murmuration.object.index.IndexOutcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;

/**
 * Object storage on a node.
 *
 * @param chunks what other nodes ask of this node's chunks
 */
public record ObjectNode(Objects objects, ChunkHost chunks) {
    private static final String READS = "murmuration.dispatchers.object-reads";
    private static final String DISK = "murmuration.dispatchers.object-disk";

    /**
     * What it stands on.
     *
     * @param store this node's chunks
     * @param peers the other nodes'
     * @param replicas copies of each chunk, if there are as many nodes
     * @param events who takes buckets' events
     * @param chance secure
     */
    public record Setup(
            Journal journal,
            Links links,
            Resources catalogue,
            ChunkStore store,
            ChunkPeers peers,
            int replicas,
            ObjectEvents events,
            ObjectSettings settings,
            Clock clock,
            Chance chance) {}

    /**
     * Starts the indexes' hosts and chores of every group that this node replicates, its scrubber, and answers other nodes' calls on the channel of
     * objects. They end with the actor system.
     */
    public static ObjectNode start(ActorSystem<?> system, Setup setup) {
        var reads = system.dispatchers().lookup(DispatcherSelector.fromConfig(READS));
        var disk = system.dispatchers().lookup(DispatcherSelector.fromConfig(DISK));
        var settings = setup.settings();
        var chunks = new ReplicatedChunks(
                setup.store(), setup.peers(), setup.links(), setup.replicas(), setup.chance(), disk);
        var index = new ObjectIndex(
                system,
                setup.journal(),
                setup.links(),
                setup.clock(),
                settings.patience(),
                reads,
                hosts(system, setup));
        var buckets = new Buckets(setup.catalogue(), index, setup.clock(), settings.region());
        // away from the links' threads, which have other work
        setup.links().respond(Channel.OBJECTS, (from, request) -> CompletableFuture.supplyAsync(
                        () -> index.respond(request), system.executionContext())
                .thenCompose(answer -> answer));
        keep(system, setup, index, buckets, chunks, reads, disk);
        var service = new ObjectService(system, buckets, index, chunks, settings, setup.clock(), setup.chance());
        return new ObjectNode(service, new ChunkHost(setup.store(), chunks, disk));
    }

    private static Map<Integer, ActorRef<EntityHost.Message<IndexIntent, IndexOutcome>>> hosts(
            ActorSystem<?> system, Setup setup) {
        var hosts = new HashMap<Integer, ActorRef<EntityHost.Message<IndexIntent, IndexOutcome>>>();
        for (int group = 1; group < setup.journal().groups(); group++) {
            if (setup.journal().hasReplica(group)) {
                hosts.put(
                        group,
                        system.systemActorOf(
                                EntityHost.create(
                                        setup.journal(), group, setup.settings().entities(), setup.clock()),
                                "buckets-" + group,
                                Props.empty()));
            }
        }
        return hosts;
    }

    private static void keep(
            ActorSystem<?> system,
            Setup setup,
            ObjectIndex index,
            Buckets buckets,
            ReplicatedChunks chunks,
            Executor reads,
            Executor disk) {
        var settings = setup.settings();
        var keepers = new HashMap<Integer, ActorRef<Chores.Message>>();
        for (int group = 1; group < setup.journal().groups(); group++) {
            if (!setup.journal().hasReplica(group)) {
                continue;
            }
            var keeping = new Keeping(
                    group,
                    setup.journal(),
                    setup.catalogue(),
                    buckets,
                    index,
                    chunks,
                    setup.events(),
                    settings,
                    setup.clock(),
                    reads);
            keepers.put(
                    group,
                    system.systemActorOf(
                            Chores.create(group, setup.journal(), keeping.chores(), settings.keeping()),
                            "bucket-keeper-" + group,
                            Props.empty()));
            var copies = new Scrubber.Copies(
                    group, setup.journal(), chunks, setup.peers(), setup.links().self(), disk);
            system.systemActorOf(
                    Chores.create(group, setup.journal(), List.of(copies.chore()), settings.scrubbing()),
                    "copies-keeper-" + group,
                    Props.empty());
        }
        index.onEvent(group -> {
            var keeper = keepers.get(group);
            if (keeper != null) {
                keeper.tell(new Chores.Look());
            }
        });
        var scrubber = new Scrubber(setup.store(), index, disk);
        system.systemActorOf(Chores.always(List.of(scrubber.chore()), settings.scrubbing()), "scrubber", Props.empty());
    }
}
