package io.murmuration.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/** Links between nodes within one process, which can be cut: for clusters that a test runs in itself. */
public final class LocalLinks implements Links {
    private final Network network;
    private final long self;
    private final Endpoints endpoints = new Endpoints();
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();

    private LocalLinks(Network network, long self) {
        this.network = network;
        this.self = self;
    }

    /** What the links of all nodes share. Any thread. */
    public static final class Network {
        private record Direction(long from, long to) {}

        private final Map<Long, LocalLinks> nodes = new ConcurrentHashMap<>();
        private final Set<Direction> cuts = ConcurrentHashMap.newKeySet();
        private final List<Long> ids;

        public Network(List<Long> ids) {
            this.ids = List.copyOf(ids);
        }

        /** The links of a node that starts, in the place of those it had before. */
        public LocalLinks join(long node) {
            var links = new LocalLinks(this, node);
            nodes.put(node, links);
            return links;
        }

        /** The node is gone: what is sent to it is lost, and the others are told. */
        public void leave(long node) {
            nodes.remove(node);
            nodes.values().forEach(other -> other.listeners.forEach(listener -> listener.accept(node)));
        }

        /** From now on nothing sent by the one reaches the other. */
        public void cut(long from, long to) {
            cuts.add(new Direction(from, to));
        }

        /** Cuts all links of the node, both ways. */
        public void isolate(long node) {
            for (long other : ids) {
                if (other != node) {
                    cut(node, other);
                    cut(other, node);
                }
            }
        }

        public void heal() {
            cuts.clear();
        }

        private boolean reaches(long from, long to) {
            return from == to || (nodes.containsKey(to) && !cuts.contains(new Direction(from, to)));
        }
    }

    @Override
    public long self() {
        return self;
    }

    @Override
    public List<Long> nodes() {
        return network.ids;
    }

    @Override
    public long silentMillis(long node) {
        return network.reaches(node, self) && network.nodes.containsKey(node) ? 0 : Long.MAX_VALUE;
    }

    @Override
    public void send(long toNode, Channel channel, byte[] message) {
        checkSize(message);
        var peer = network.nodes.get(toNode);
        if (peer != null && network.reaches(self, toNode)) {
            peer.endpoints.deliver(self, channel, message);
        }
    }

    @Override
    public void receive(Channel channel, Receiver receiver) {
        endpoints.receive(channel, receiver);
    }

    @Override
    public CompletionStage<byte[]> call(long toNode, Channel channel, byte[] request, Duration timeout) {
        checkSize(request);
        var peer = network.nodes.get(toNode);
        if (peer == null) {
            return CompletableFuture.failedFuture(new CallUnsent("the node is not there"));
        }
        var result = new CompletableFuture<byte[]>();
        if (network.reaches(self, toNode)) {
            peer.endpoints.answer(self, channel, request).whenComplete((answer, failure) -> {
                if (!network.reaches(toNode, self)) {
                    return; // the answer is lost
                }
                if (failure == null && answer.length > MESSAGE_BYTES_MAX) {
                    result.completeExceptionally(new CallFailed("an answer of " + answer.length + " bytes"));
                } else if (failure == null) {
                    result.complete(answer);
                } else {
                    result.completeExceptionally(failure);
                }
            });
        }
        return result.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(
                        failure instanceof CallException ? failure : new CallTimeout("no answer in time")));
    }

    @Override
    public void respond(Channel channel, Responder responder) {
        endpoints.respond(channel, responder);
    }

    @Override
    public void onLost(LongConsumer listener) {
        listeners.add(listener);
    }

    private static void checkSize(byte[] message) {
        if (message.length > MESSAGE_BYTES_MAX) {
            throw new IllegalArgumentException("a message of " + message.length + " bytes");
        }
    }
}
