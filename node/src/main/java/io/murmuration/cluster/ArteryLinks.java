package io.murmuration.cluster;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.jspecify.annotations.Nullable;

/**
 * Links over Pekko's remoting, which reaches nodes whether or not they are members of a Pekko cluster. Nothing is watched and no system message is
 * sent between nodes, so none of them is ever quarantined for its silence.
 *
 * <p>Owner: the node. Every node's actor system has the same name; the actor for node {@code n} is {@code /system/link-n}.
 */
public final class ArteryLinks implements Links {
    private static final String DISPATCHER = "murmuration.dispatchers.links";

    private final long self;
    private final LinkLimits limits;
    private final Clock clock;
    private final List<Long> nodes;
    private final Endpoints endpoints = new Endpoints();
    private final Map<Long, Peer> peers = new HashMap<>();

    private record Peer(ActorRef<LinkActor.Message> actor, LinkGauge gauge) {}

    private ArteryLinks(long self, List<Long> nodes, LinkLimits limits, Clock clock) {
        this.self = self;
        this.nodes = nodes;
        this.limits = limits;
        this.clock = clock;
    }

    /**
     * Starts the links.
     *
     * @param addresses {@code host:port} of the remoting of all nodes by node id, this one too; their order is that of {@link #nodes}
     */
    public static ArteryLinks start(
            ActorSystem<?> system, long self, Map<Long, String> addresses, Clock clock, Chance chance) {
        return start(system, self, addresses, LinkLimits.DEFAULT, clock, chance);
    }

    static ArteryLinks start(
            ActorSystem<?> system,
            long self,
            Map<Long, String> addresses,
            LinkLimits limits,
            Clock clock,
            Chance chance) {
        var links = new ArteryLinks(self, List.copyOf(addresses.keySet()), limits, clock);
        var session = chance.nextLong(Long.MAX_VALUE) + 1;
        addresses.forEach((peer, address) -> {
            if (peer != self) {
                links.peers.put(peer, links.peer(system, peer, address, session));
            }
        });
        return links;
    }

    private Peer peer(ActorSystem<?> system, long peer, String address, long session) {
        var path = "pekko://" + system.name() + "@" + address + "/system/link-" + self;
        ActorRef<LinkActor.Message> far = ActorRefResolver.get(system).resolveActorRef(path);
        var gauge = new LinkGauge();
        var behavior = LinkActor.create(self, peer, session, far, limits, endpoints, gauge, clock);
        return new Peer(
                system.systemActorOf(behavior, "link-" + peer, DispatcherSelector.fromConfig(DISPATCHER)), gauge);
    }

    @Override
    public long self() {
        return self;
    }

    @Override
    public List<Long> nodes() {
        return nodes;
    }

    @Override
    public long silentMillis(long node) {
        if (node == self) {
            return 0;
        }
        var peer = peers.get(node);
        var heard = peer == null ? Link.NEVER : peer.gauge.heardMillis();
        return heard == Link.NEVER ? Long.MAX_VALUE : Math.max(0, TimeUnit.NANOSECONDS.toMillis(clock.nanos()) - heard);
    }

    @Override
    public void send(long toNode, Channel channel, byte[] message) {
        checkSize(message);
        if (toNode == self) {
            endpoints.deliver(self, channel, message);
            return;
        }
        var item = new LinkItem(LinkItem.Kind.MESSAGE, channel, 0, message);
        var peer = admit(toNode, item.sizeBytes());
        if (peer != null) {
            peer.actor.tell(new LinkActor.Send(item));
        }
    }

    @Override
    public void receive(Channel channel, Receiver receiver) {
        endpoints.receive(channel, receiver);
    }

    @Override
    public CompletionStage<byte[]> call(long toNode, Channel channel, byte[] request, Duration timeout) {
        checkSize(request);
        if (toNode == self) {
            return endpoints.answer(self, channel, request);
        }
        var peer = admit(toNode, LinkItem.HEAD_BYTES + request.length);
        if (peer == null) {
            return CompletableFuture.failedFuture(
                    new CallUnsent("too much waits for that node, or there is none such"));
        }
        var result = new CompletableFuture<byte[]>();
        peer.actor.tell(new LinkActor.Call(channel, request, timeout.toMillis(), result));
        return result;
    }

    @Override
    public void respond(Channel channel, Responder responder) {
        endpoints.respond(channel, responder);
    }

    /** Messages to and from the node that were dropped since the start. */
    public long droppedCount(long node) {
        var peer = peers.get(node);
        return peer == null ? 0 : peer.gauge.droppedCount();
    }

    private @Nullable Peer admit(long node, int bytes) {
        var peer = peers.get(node);
        return peer != null && peer.gauge.admit(bytes, limits.queuedBytesMax()) ? peer : null;
    }

    private static void checkSize(byte[] message) {
        if (message.length > MESSAGE_BYTES_MAX) {
            throw new IllegalArgumentException("a message of " + message.length + " bytes");
        }
    }
}
