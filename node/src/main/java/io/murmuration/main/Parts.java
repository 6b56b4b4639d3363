package io.murmuration.main;

import io.murmuration.base.Clock;
import io.murmuration.catalogue.CatalogueNode;
import io.murmuration.cluster.Links;
import io.murmuration.cluster.membership.Membership;
import io.murmuration.config.NodeSettings;
import io.murmuration.config.OpenDataFolder;
import io.murmuration.journal.Journal;
import io.murmuration.journal.http.ClusterSignature;
import java.net.URI;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * What the capabilities of a node are wired from.
 *
 * @param catalogue also the port of resources
 * @param signature of requests between nodes
 */
record Parts(
        ActorSystem<Void> system,
        OpenDataFolder folder,
        NodeSettings settings,
        Journal journal,
        Links links,
        CatalogueNode catalogue,
        Membership membership,
        ClusterSignature signature,
        Clock clock) {
    /** Host and port where clients reach this node. */
    String endpoint() {
        return settings.listenAddress() + ":" + folder.node().ports().http();
    }

    /** Where each node listens for clients and other nodes alike. */
    LongFunction<URI> addresses() {
        return addresses(folder, settings);
    }

    static LongFunction<URI> addresses(OpenDataFolder folder, NodeSettings settings) {
        Map<Long, URI> byNode = folder.cluster().nodes().stream()
                .collect(Collectors.toMap(
                        node -> node.nodeId(),
                        node -> URI.create("http://" + settings.listenAddress() + ":"
                                + node.ports().http())));
        return byNode::get;
    }
}
