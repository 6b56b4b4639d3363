package io.murmuration.trigger;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.base.FairShares;
import io.murmuration.base.Restarts;
import io.murmuration.catalogue.Resources;
import io.murmuration.cluster.Links;
import io.murmuration.cluster.Links.Channel;
import io.murmuration.function.Functions;
import io.murmuration.journal.Journal;
import io.murmuration.journal.entity.EntityHost;
import io.murmuration.journal.entity.EntitySettings;
import io.murmuration.protocol.function.FunctionName;
import io.murmuration.table.StreamFeed;
import io.murmuration.trigger.CursorIntent.Outcome;
import java.util.HashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;

/** Starts event source mappings on a node. */
public final class TriggerNode {
    /** Small reads of rows, beside those of tables. */
    private static final String READERS = "murmuration.dispatchers.table-reads";

    private TriggerNode() {}

    /**
     * What mappings connect.
     *
     * @param exists whether there is a function of this name
     */
    public record Ends(
            StreamFeed streams, Functions functions, Function<FunctionName, CompletionStage<Boolean>> exists) {}

    /**
     * Starts the cursors, the keeper of each shard that this node replicates, and the shepherd, and answers other nodes' calls. They end with the actor
     * system.
     *
     * @param chance fit for identifiers that never meet again
     */
    public static Mappings start(
            ActorSystem<?> system,
            Journal journal,
            Links links,
            Resources resources,
            Ends ends,
            TriggerSettings settings,
            Clock clock,
            Chance chance) {
        var hosts = new HashMap<Integer, ActorRef<EntityHost.Message<CursorIntent, Outcome>>>();
        for (var group = 1; group < journal.groups(); group++) {
            if (journal.hasReplica(group)) {
                hosts.put(
                        group,
                        system.systemActorOf(
                                EntityHost.create(journal, group, EntitySettings.defaults(), clock),
                                "cursors-" + group,
                                Props.empty()));
            }
        }
        var directory = new MappingDirectory(resources);
        var results = new LastResults();
        var cursors = new Cursors(system, journal, links, results, clock, hosts);
        var settling = new Settling(resources, cursors, clock);
        var parts = new ShardReader.Parts(
                journal,
                new BatchReads(journal, ends.streams(), settings),
                cursors,
                ends.functions(),
                new FairShares<>(settings.batchesMax()),
                results,
                settings,
                clock,
                system.dispatchers().lookup(DispatcherSelector.fromConfig(READERS)));
        hosts.keySet()
                .forEach(group -> system.systemActorOf(
                        Restarts.after(TriggerKeeper.create(group, resources, directory, parts)),
                        "trigger-keeper-" + group,
                        Props.empty()));
        system.systemActorOf(
                Restarts.after(Shepherd.create(journal, resources, directory, settling, settings, clock)),
                "trigger-shepherd",
                Props.empty());
        // away from the links' threads, which have other work
        links.respond(Channel.TRIGGERS, (from, request) -> CompletableFuture.supplyAsync(
                        () -> cursors.respond(request), system.executionContext())
                .thenCompose(answer -> answer));
        return new MappingService(
                directory,
                new MappingService.Parts(
                        resources, cursors, settling, ends.streams(), ends.exists(), settings, clock, chance));
    }
}
