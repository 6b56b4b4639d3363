package io.murmuration.cluster;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links over sockets: one connection between any two nodes, made by the one with the lower id, and made anew whenever it ends.
 *
 * <p>A killed process's connections end at once, so its calls end and whoever listens to {@link #onLost} knows at once too; a machine that vanishes or a
 * process that stands still is given up after {@link LinkLimits#silentMillisMax} of silence.
 * <p>Owner: the node. Threads: one that accepts, one that looks at the clock, and for each other node one that reads and one that writes.
 */
public final class SocketLinks implements Links, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketLinks.class);
    private static final int BACKLOG = 64;
    private static final int GREETED_MAX = 32;
    private static final int CONNECT_MILLIS_MAX = 1_000;
    private static final long TICK_MILLIS = 100;

    private final Setup setup;
    private final LinkLimits limits;
    private final Handshake handshake;
    private final ServerSocket server;
    private final Endpoints endpoints = new Endpoints();
    private final Map<Long, Peer> peers = new TreeMap<>();
    private final List<LongConsumer> listeners = new CopyOnWriteArrayList<>();
    private final Set<Long> dialers;
    private final Semaphore greeted = new Semaphore(GREETED_MAX);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch acceptEnded = new CountDownLatch(1);

    /**
     * Who talks to whom.
     *
     * @param addresses {@code host:port} of all nodes by node id, this one too; their order is that of {@link #nodes}
     * @param secret the cluster's: who does not know it is not talked to
     * @param chance good enough for secrets
     */
    public record Setup(long self, Map<Long, String> addresses, String secret, Clock clock, Chance chance) {}

    private SocketLinks(Setup setup, LinkLimits limits) throws IOException {
        this.setup = setup;
        this.limits = limits;
        this.handshake = new Handshake(setup.secret(), setup.self(), setup.chance());
        for (long id : setup.addresses().keySet()) {
            if (id != setup.self()) {
                peers.put(id, new Peer(id, limits, endpoints, setup.clock(), this::lost));
            }
        }
        this.dialers = peers.keySet().stream().filter(id -> id < setup.self()).collect(Collectors.toUnmodifiableSet());
        var own = address(setup.self());
        this.server = new ServerSocket(own.getPort(), BACKLOG, InetAddress.getByName(own.getHostString()));
    }

    /**
     * Listens, and connects to the others.
     *
     * @throws UncheckedIOException if the own address cannot be listened on
     */
    public static SocketLinks start(Setup setup) {
        return start(setup, LinkLimits.DEFAULT);
    }

    static SocketLinks start(Setup setup, LinkLimits limits) {
        try {
            var links = new SocketLinks(setup, limits);
            links.run();
            return links;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run() {
        thread("link-accept", this::accept);
        for (var peer : peers.values()) {
            peer.start();
            if (peer.id > setup.self()) {
                thread("link-" + peer.id + "-dial", () -> dial(peer));
            }
        }
        thread("link-ticks", this::tick);
    }

    private void tick() {
        while (isOpen()) {
            pause(TICK_MILLIS);
            peers.values().forEach(Peer::tick);
        }
    }

    private void accept() {
        while (isOpen()) {
            try {
                var socket = server.accept();
                if (greeted.tryAcquire()) {
                    thread("link-accepted", () -> accepted(socket));
                } else {
                    socket.close();
                }
            } catch (IOException e) {
                if (isOpen()) {
                    LOG.warn("A connection could not be accepted", e);
                    pause(TICK_MILLIS);
                }
            }
        }
        acceptEnded.countDown();
    }

    private void accepted(Socket socket) {
        var peer = greet(socket);
        if (peer != null) {
            converse(peer, socket);
        }
    }

    private @Nullable Peer greet(Socket socket) {
        try {
            return peers.get(handshake.accept(socket, dialers));
        } catch (IOException refused) {
            LOG.warn("A connection was turned away: {}", String.valueOf(refused.getMessage()));
            closeQuietly(socket);
            return null;
        } finally {
            greeted.release();
        }
    }

    private void dial(Peer peer) {
        while (isOpen()) {
            var pause = limits.dialPauseMillis();
            var socket = new Socket();
            try {
                socket.connect(address(peer.id), CONNECT_MILLIS_MAX);
                try {
                    handshake.dial(socket, peer.id);
                } catch (IOException refused) {
                    pause = limits.refusedPauseMillis();
                    throw refused;
                }
                converse(peer, socket);
            } catch (IOException notThere) {
                LOG.debug("Node {} cannot be reached: {}", peer.id, String.valueOf(notThere.getMessage()));
                closeQuietly(socket);
            }
            pause(pause);
        }
    }

    private void converse(Peer peer, Socket socket) {
        try {
            peer.converse(new Wire(socket, limits.frameBytesMax()));
        } catch (IOException ended) {
            closeQuietly(socket);
        }
    }

    private void lost(long node) {
        if (isOpen()) {
            listeners.forEach(listener -> listener.accept(node));
        }
    }

    @Override
    public long self() {
        return setup.self();
    }

    @Override
    public List<Long> nodes() {
        return new ArrayList<>(setup.addresses().keySet());
    }

    @Override
    public long silentMillis(long node) {
        if (node == self()) {
            return 0;
        }
        var peer = peers.get(node);
        return peer == null ? Long.MAX_VALUE : peer.silentMillis();
    }

    @Override
    public void send(long toNode, Channel channel, byte[] message) {
        checkSize(message);
        if (toNode == self()) {
            endpoints.deliver(self(), channel, message);
            return;
        }
        var peer = peers.get(toNode);
        if (peer != null) {
            peer.send(new LinkItem(LinkItem.Kind.MESSAGE, channel, 0, message));
        }
    }

    @Override
    public void receive(Channel channel, Receiver receiver) {
        endpoints.receive(channel, receiver);
    }

    @Override
    public CompletionStage<byte[]> call(long toNode, Channel channel, byte[] request, Duration timeout) {
        checkSize(request);
        if (toNode == self()) {
            return endpoints.answer(self(), channel, request);
        }
        var peer = peers.get(toNode);
        return peer == null
                ? CompletableFuture.failedFuture(new CallUnsent("there is no such node"))
                : peer.call(channel, request, timeout.toMillis());
    }

    @Override
    public void respond(Channel channel, Responder responder) {
        endpoints.respond(channel, responder);
    }

    @Override
    public void onLost(LongConsumer listener) {
        listeners.add(listener);
    }

    /** Messages to the node that were dropped since the start. */
    public long droppedCount(long node) {
        var peer = peers.get(node);
        return peer == null ? 0 : peer.droppedCount();
    }

    /** Hangs up and frees the address. Calls that wait end. */
    @Override
    public void close() {
        closing.countDown();
        peers.values().forEach(Peer::close);
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // The system frees the address when nobody waits on it any more.
        await(acceptEnded, CONNECT_MILLIS_MAX);
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    private void pause(long millis) {
        await(closing, millis);
    }

    private static void await(CountDownLatch latch, long millis) {
        try {
            var unused = latch.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts a link's thread", e);
        }
    }

    private InetSocketAddress address(long node) {
        var text = String.valueOf(setup.addresses().get(node));
        var colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    private static void thread(String name, Runnable work) {
        Thread.ofPlatform().name(name).daemon().start(work);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("A socket could not be closed", e);
        }
    }

    private static void checkSize(byte[] message) {
        if (message.length > MESSAGE_BYTES_MAX) {
            throw new IllegalArgumentException("a message of " + message.length + " bytes");
        }
    }
}
