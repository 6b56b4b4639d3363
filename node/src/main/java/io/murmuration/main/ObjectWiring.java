package io.murmuration.main;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.function.queue.AsyncInvocations;
import io.murmuration.object.ObjectEvents;
import io.murmuration.object.ObjectNode;
import io.murmuration.object.ObjectSettings;
import io.murmuration.object.Objects;
import io.murmuration.object.chunk.ChunkStore;
import io.murmuration.object.http.ChunkClient;
import io.murmuration.object.http.ChunkRoutes;
import io.murmuration.object.http.ObjectAdapter;
import io.murmuration.protocol.function.FunctionName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.apache.pekko.stream.SystemMaterializer;
import org.apache.pekko.util.ByteString;

/**
 * Object storage on this node: its chunks, its indexes, and what serves clients and other nodes.
 *
 * @param objects the port for other capabilities
 */
record ObjectWiring(Objects objects, Wired serve) {
    private static final String CHUNKS = "chunks";

    private static final Duration QUEUEING_MAX = Duration.ofSeconds(5);

    /** @param invocations that buckets' events become */
    static ObjectWiring start(Parts parts, AsyncInvocations invocations) {
        var system = parts.system();
        var peers = new ChunkClient(system, parts.addresses(), parts.signature());
        var node = ObjectNode.start(
                system,
                new ObjectNode.Setup(
                        parts.journal(),
                        parts.links(),
                        parts.catalogue(),
                        store(parts),
                        peers,
                        parts.folder().cluster().replicas(),
                        events(invocations, parts.clock()),
                        ObjectSettings.defaults(),
                        parts.clock(),
                        Chance.secure()));
        var materializer = SystemMaterializer.get(system).materializer();
        var name = "node-" + parts.folder().node().nodeId();
        var adapter = new ObjectAdapter(node.objects(), materializer, name);
        var routes = new ChunkRoutes(system, node.chunks(), parts.signature());
        return new ObjectWiring(node.objects(), new Wired(List.of(adapter), List.of(routes), peers::close));
    }

    private static ObjectEvents events(AsyncInvocations invocations, Clock clock) {
        return (function, payload) -> {
            var event = new AsyncInvocations.Event(
                    FunctionName.parse(function), ByteString.fromArrayUnsafe(payload), "", "");
            return invocations
                    .enqueue(event, clock.nanos() + QUEUEING_MAX.toNanos())
                    .thenApply(id -> null);
        };
    }

    private static ChunkStore store(Parts parts) {
        try {
            return ChunkStore.open(parts.folder().path().resolve(CHUNKS));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
