package io.murmuration.main;

import io.murmuration.base.Chance;
import io.murmuration.function.queue.AsyncInvocations;
import io.murmuration.function.queue.Notifications;
import io.murmuration.object.ObjectNode;
import io.murmuration.object.ObjectSettings;
import io.murmuration.object.Objects;
import io.murmuration.object.chunk.ChunkStore;
import io.murmuration.object.http.ChunkClient;
import io.murmuration.object.http.ChunkRoutes;
import io.murmuration.object.http.ObjectAdapter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.pekko.stream.SystemMaterializer;

/**
 * Object storage on this node: its chunks, its indexes, and what serves clients and other nodes.
 *
 * @param objects the port for other capabilities
 */
record ObjectWiring(Objects objects, Wired serve) {
    private static final String CHUNKS = "chunks";

    /** @param invocations that buckets' events become */
    static ObjectWiring start(Parts parts, AsyncInvocations invocations) {
        var system = parts.system();
        var peers = new ChunkClient(
                system,
                parts.addresses(),
                parts.signature(),
                parts.settings().http().requestsMax());
        var node = ObjectNode.start(
                system,
                new ObjectNode.Setup(
                        parts.journal(),
                        parts.links(),
                        parts.catalogue(),
                        store(parts),
                        peers,
                        parts.folder().cluster().replicas(),
                        new Notifications(invocations, parts.clock())::accept,
                        settings(parts),
                        parts.clock(),
                        Chance.secure()));
        var materializer = SystemMaterializer.get(system).materializer();
        var name = "node-" + parts.folder().node().nodeId();
        var adapter = new ObjectAdapter(node.objects(), materializer, name);
        var routes = new ChunkRoutes(system, node.chunks(), parts.signature());
        return new ObjectWiring(node.objects(), new Wired(List.of(adapter), List.of(routes), peers::close));
    }

    private static ObjectSettings settings(Parts parts) {
        var defaults = ObjectSettings.defaults();
        return defaults.withStreams(
                defaults.streamsBytesMax(), parts.settings().http().idleTimeout());
    }

    private static ChunkStore store(Parts parts) {
        try {
            return ChunkStore.open(parts.folder().path().resolve(CHUNKS));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
