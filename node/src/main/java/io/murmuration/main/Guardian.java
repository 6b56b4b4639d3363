package io.murmuration.main;

import com.typesafe.config.Config;
import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.catalogue.CatalogueNode;
import io.murmuration.cluster.Leadership.OfficeChange;
import io.murmuration.cluster.Links;
import io.murmuration.cluster.SocketLinks;
import io.murmuration.cluster.membership.Membership;
import io.murmuration.config.NodeSettings;
import io.murmuration.config.OpenDataFolder;
import io.murmuration.http.EmulatorHealthRoute;
import io.murmuration.http.FrontDoor;
import io.murmuration.http.HealthRoute;
import io.murmuration.http.OwnRoute;
import io.murmuration.http.Service;
import io.murmuration.identity.Authenticator;
import io.murmuration.journal.Halt;
import io.murmuration.journal.JournalExtension;
import io.murmuration.journal.JournalNode;
import io.murmuration.journal.JournalTopology;
import io.murmuration.journal.http.ClusterSignature;
import io.murmuration.journal.http.SnapshotClient;
import io.murmuration.journal.http.SnapshotRoutes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wires a node and decides nothing: links, journal, membership, catalogue, the capabilities, front door, in this order, and ends them in the other.
 *
 * <p>Owner: {@link NodeMain}, or a test with several nodes in one process. It is no actor: whoever calls it waits for it.
 */
final class Guardian {
    private static final Logger LOG = LoggerFactory.getLogger(Guardian.class);
    private static final String SYSTEM = "murmuration";
    private static final String FETCHED = "fetched";
    private static final String JOURNAL_DISK = "murmuration.dispatchers.journal-disk";
    private static final Duration LEAVING_MAX = Duration.ofSeconds(3);
    private static final Duration CLOSING_MAX = Duration.ofSeconds(10);

    private final OpenDataFolder folder;
    private final NodeSettings settings;
    private final ActorSystem<Void> system;
    private final SocketLinks links;
    private final JournalNode journal;
    private final Membership membership;
    private final FunctionWiring functions;
    private final List<Wired> wired;
    private final FrontDoor door;
    private final Set<Integer> serving = ConcurrentHashMap.newKeySet();

    private Guardian(
            OpenDataFolder folder,
            NodeSettings settings,
            ActorSystem<Void> system,
            SocketLinks links,
            JournalNode journal) {
        this.folder = folder;
        this.settings = settings;
        this.system = system;
        this.links = links;
        this.journal = journal;
        journal.onOffice(this::onOffice);
        this.membership = Membership.start(system, links, journal, Guardian::startAgain, Clock.system());
        var parts = parts();
        this.functions = FunctionWiring.start(parts);
        this.wired = wired(parts);
        this.door = Ports.claimed(
                "clients",
                settings.listenAddress(),
                folder.node().ports().http(),
                () -> result(FrontDoor.bind(
                        system,
                        settings.listenAddress(),
                        folder.node().ports().http(),
                        settings.http(),
                        Authenticator.dev(Map.of()),
                        routes(wired),
                        services(wired))));
    }

    /**
     * Starts a node on its folder. It may take a while until it serves: see {@link #waitingFor}.
     *
     * @throws NodeStartException if a port is taken
     * @throws io.murmuration.journal.DamagedStoreException if its data is damaged and no other node has a copy
     */
    static Guardian start(OpenDataFolder folder, NodeSettings settings, Config config) {
        var links = Ports.claimed(
                "other nodes",
                settings.listenAddress(),
                folder.node().ports().remoting(),
                () -> links(folder, settings));
        try {
            var system = ActorSystem.<Void>create(
                    Behaviors.empty(),
                    SYSTEM,
                    Membership.config(folder.node().nodeId()).withFallback(config));
            try {
                return start(folder, settings, system, links);
            } catch (RuntimeException failure) {
                end(system);
                throw failure;
            }
        } catch (RuntimeException failure) {
            links.close();
            throw failure;
        }
    }

    private static Guardian start(
            OpenDataFolder folder, NodeSettings settings, ActorSystem<Void> system, SocketLinks links) {
        var journal = journal(system, folder, settings, links);
        try {
            return new Guardian(folder, settings, system, links, journal);
        } catch (RuntimeException failure) {
            await(journal.close(), CLOSING_MAX, "the stores to close");
            throw failure;
        }
    }

    /** What keeps the node from serving, as a sentence; empty if it serves. */
    Optional<String> waitingFor() {
        var nodes = links.nodes().size();
        return ReadinessRules.waitingFor(journal.status(), serving, HealthSource.reachable(links), nodes);
    }

    /** The port of the front door. */
    int port() {
        return door.port();
    }

    /** Takes no new request, finishes what runs, hands leadership over, closes the stores. */
    void stop() {
        var patience = settings.http().drainTimeout();
        var left = membership.leave();
        await(door.drain(patience), patience.plus(CLOSING_MAX), "requests to finish");
        wired.forEach(Wired::stop);
        await(left, LEAVING_MAX, "the other nodes to take over");
        await(journal.close(), CLOSING_MAX, "the stores to close");
        links.close();
        end(system);
    }

    private static SocketLinks links(OpenDataFolder folder, NodeSettings settings) {
        var addresses = new LinkedHashMap<Long, String>();
        for (var node : folder.cluster().nodes()) {
            addresses.put(
                    node.nodeId(), settings.listenAddress() + ":" + node.ports().remoting());
        }
        return SocketLinks.start(new SocketLinks.Setup(
                folder.node().nodeId(), addresses, folder.cluster().secret(), Clock.system(), Chance.secure()));
    }

    private static JournalNode journal(
            ActorSystem<?> system, OpenDataFolder folder, NodeSettings settings, Links links) {
        var cluster = folder.cluster();
        var topology = new JournalTopology(folder.node().nodeId(), links.nodes(), cluster.shards(), cluster.replicas());
        var journal = JournalNode.start(
                system,
                new JournalNode.Setup(
                        topology,
                        folder.path(),
                        folder.startedBefore(),
                        folder::noteStarted,
                        links,
                        snapshots(system, folder, settings),
                        NodeConfig.journal(settings),
                        Halt.process(),
                        Clock.system(),
                        Chance.system()));
        JournalExtension.get(system).install(journal);
        return journal;
    }

    private static SnapshotClient snapshots(ActorSystem<?> system, OpenDataFolder folder, NodeSettings settings) {
        return new SnapshotClient(
                Parts.addresses(folder, settings),
                signature(folder),
                Clock.system(),
                folder.path().resolve(FETCHED),
                system.dispatchers().lookup(DispatcherSelector.fromConfig(JOURNAL_DISK)));
    }

    private static ClusterSignature signature(OpenDataFolder folder) {
        return new ClusterSignature(folder.cluster().secret(), Clock.system());
    }

    private Parts parts() {
        var clock = Clock.system();
        var catalogue = CatalogueNode.start(system, journal, links, clock);
        return new Parts(system, folder, settings, journal, links, catalogue, membership, signature(folder), clock);
    }

    /** Whoever recognises a request by less comes later. */
    private List<Wired> wired(Parts parts) {
        var tables = TableWiring.start(parts);
        return List.of(
                EdgeWiring.start(parts),
                GatewayWiring.serve(parts, functions.functions()),
                TriggerWiring.serve(parts, tables, functions),
                functions.serve(),
                // whatever path has no other owner; but the root is the tables'
                ObjectWiring.start(parts, functions.events()).serve(),
                TableWiring.serve(parts, tables));
    }

    private static List<Service> services(List<Wired> wired) {
        return wired.stream().flatMap(each -> each.services().stream()).toList();
    }

    private List<OwnRoute> routes(List<Wired> wired) {
        var health = new HealthSource(
                folder, journal, links, this::waitingFor, functions.isolation(), disk(system), Clock.system());
        var names = services(wired).stream().map(Service::name).distinct().toList();
        var snapshots = new SnapshotRoutes(journal::export, signature(folder), Halt.process());
        var own = List.of(
                new SnapshotRoute(snapshots),
                new HealthRoute(health::health),
                new EmulatorHealthRoute(
                        names, Version.CURRENT, () -> waitingFor().isEmpty()));
        return Stream.concat(own.stream(), wired.stream().flatMap(each -> each.routes().stream()))
                .toList();
    }

    private static void startAgain() {
        Halt.process()
                .startAgain(
                        "The other nodes have taken this one's actor system out of their cluster, while it stood still or was not"
                                + " reached; it has to start again to join.",
                        new IllegalStateException("taken out of the cluster"));
    }

    private void onOffice(OfficeChange change) {
        if (change.serving()) {
            serving.add(change.group());
        } else {
            serving.remove(change.group());
        }
    }

    private static Executor disk(ActorSystem<?> system) {
        return system.dispatchers().lookup(DispatcherSelector.blocking());
    }

    private static void end(ActorSystem<?> system) {
        system.terminate();
        await(system.getWhenTerminated(), CLOSING_MAX, "the actors to end");
    }

    private static <T> T result(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /** What does not end in time is left behind: the process is about to end, and what was acknowledged is on the disk. */
    private static void await(CompletionStage<?> stage, Duration atMost, String what) {
        try {
            stage.toCompletableFuture().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            LOG.warn("The node waited long enough for {} and goes on.", what);
        } catch (ExecutionException failed) {
            LOG.warn("The node waited for {}, which failed.", what, failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
