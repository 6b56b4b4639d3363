package io.murmuration.edge.http;

import io.murmuration.base.Clock;
import io.murmuration.catalogue.Resources;
import io.murmuration.cluster.Leadership;
import io.murmuration.cluster.Links;
import io.murmuration.config.Geography;
import io.murmuration.config.NodeSettings;
import io.murmuration.edge.distribution.DistributionService;
import io.murmuration.edge.distribution.Rollout;
import io.murmuration.edge.distribution.Sites;
import io.murmuration.edge.distribution.Upkeep;
import io.murmuration.edge.placement.Nearby;
import io.murmuration.edge.placement.Whereabouts;
import io.murmuration.edge.presence.CacheLimits;
import io.murmuration.edge.presence.Presences;
import io.murmuration.http.OwnRoute;
import io.murmuration.http.Service;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.stream.SystemMaterializer;
import org.jspecify.annotations.Nullable;

/** The CDN on one node. */
public final class EdgeNode {
    /** Silence on the links after which nobody waits for a node's answer: heartbeats are ten times as frequent. */
    private static final long SILENT_MILLIS = 2_000;

    private final HttpClients clients;
    private final Presences presences;
    private final List<Service> services;
    private final List<OwnRoute> routes;

    private EdgeNode(HttpClients clients, Presences presences, List<Service> services, List<OwnRoute> routes) {
        this.clients = clients;
        this.presences = presences;
        this.services = services;
        this.routes = routes;
    }

    /**
     * What it is made of.
     *
     * @param placement puts points of presence on nodes, those of this node into the list
     * @param awaited whether a node is in the cluster, so that a change is everywhere only when it is there
     * @param addresses where a node listens; null for one that there is not
     * @param requestsMax how many requests of other nodes are answered at once
     */
    public record Setup(
            ActorSystem<?> system,
            Resources resources,
            Links links,
            Leadership leadership,
            Geography geography,
            Function<Presences, Whereabouts> placement,
            LongPredicate awaited,
            NodeSignature signature,
            LongFunction<@Nullable URI> addresses,
            int requestsMax,
            NodeSettings.Edge settings,
            Clock clock) {}

    public static EdgeNode start(Setup setup) {
        var system = setup.system();
        var materializer = SystemMaterializer.get(system).materializer();
        var clients = new HttpClients(system);
        var own = Objects.requireNonNull(setup.addresses().apply(setup.links().self()), "this node listens nowhere");
        var ids = setup.geography().presences().stream()
                .map(Geography.Presence::id)
                .toList();
        var limits = CacheLimits.share(setup.settings().cacheBytesMax(), ids.size());
        var presences = new Presences(ids, limits, setup.clock(), materializer);
        var sites = new Sites(
                setup.resources(),
                (distribution, origin) ->
                        new HttpOrigin(distribution, origin, OriginTarget.of(origin, own), clients, materializer));
        var upkeep = Upkeep.start(setup.resources(), sites, presences, system.executionContext());
        system.systemActorOf(
                Rollout.create(new Rollout.Parts(
                        setup.resources(), upkeep, setup.links(), setup.leadership(), setup.awaited(), setup.clock())),
                "edge-rollout",
                Props.empty());
        var routing = new Routing(
                presences,
                setup.placement().apply(presences),
                new PresenceClient(
                        setup.addresses(),
                        node -> setup.links().silentMillis(node) > SILENT_MILLIS,
                        setup.signature(),
                        clients,
                        materializer),
                setup.links().self(),
                setup.settings().distanceCostsTime(),
                materializer);
        var distributions = new DistributionService(setup.resources(), setup.clock(), own.getPort());
        return new EdgeNode(
                clients,
                presences,
                List.of(
                        new ViewerAdapter(sites, upkeep, new Nearby(setup.geography()), routing),
                        new DistributionAdapter(distributions)),
                List.of(new PresenceRoute(sites, presences, setup.signature(), setup.requestsMax(), materializer)));
    }

    /** The points of presence that are on this node. */
    public Presences presences() {
        return presences;
    }

    /** To be asked before those that know their requests by less than a host. */
    public List<Service> services() {
        return services;
    }

    public List<OwnRoute> routes() {
        return routes;
    }

    /** Ends the connections to origins and other nodes; the rest ends with the actor system. */
    public void stop() {
        clients.close();
    }
}
