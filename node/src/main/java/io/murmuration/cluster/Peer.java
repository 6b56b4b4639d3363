package io.murmuration.cluster;

import io.murmuration.base.Clock;
import io.murmuration.cluster.Links.CallFailed;
import io.murmuration.cluster.Links.CallLost;
import io.murmuration.cluster.Links.CallUnsent;
import io.murmuration.cluster.Links.Channel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One other node: what waits to be sent to it, the calls that it owes answers to, and the connection while there is one.
 *
 * <p>Owner: {@link SocketLinks}. Any thread sends; a thread of its own writes; whoever made the connection reads it.
 * <p>Invariants: nothing waits without a connection, and nothing passes from one connection to the next: so a message may be lost and is never
 * doubled. A request that waits when the connection ends was surely not sent; of one that left, nothing is known.
 * <p>Failure: a connection that breaks, or is silent for too long, is closed; listeners are told. It is the other threads' task to make a new one.
 * <p>Limits: {@link LinkLimits}.
 */
final class Peer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Peer.class);
    private static final long NEVER = Long.MIN_VALUE;

    final long id;
    private final LinkLimits limits;
    private final Endpoints endpoints;
    private final Clock clock;
    private final LongConsumer lost;
    private final Calls calls = new Calls();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<LinkItem> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private @Nullable Wire wire;
    private boolean closed;
    private long dropped;

    private volatile long heardMillis = NEVER;
    private volatile long sentMillis;

    /** @param lost is told this node's id when the connection to it has ended */
    Peer(long id, LinkLimits limits, Endpoints endpoints, Clock clock, LongConsumer lost) {
        this.id = id;
        this.limits = limits;
        this.endpoints = endpoints;
        this.clock = clock;
        this.lost = lost;
    }

    void start() {
        Thread.ofPlatform().name("link-" + id).daemon().start(this::writeAll);
    }

    /** False if it was dropped. */
    boolean send(LinkItem item) {
        lock.lock();
        try {
            var full = waitingBytes > 0 && waitingBytes + item.sizeBytes() > limits.queuedBytesMax();
            if (wire == null || full) {
                dropped++;
                return false;
            }
            waiting.addLast(item);
            waitingBytes += item.sizeBytes();
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    CompletionStage<byte[]> call(Channel channel, byte[] request, long timeoutMillis) {
        var result = new CompletableFuture<byte[]>();
        if (calls.size() >= limits.callsMax()) {
            result.completeExceptionally(new CallUnsent("too many calls wait for that node"));
            return result;
        }
        var number = calls.begin(now() + timeoutMillis, result);
        if (!send(new LinkItem(LinkItem.Kind.REQUEST, channel, number, request))) {
            calls.failed(number, new CallUnsent("the node is not connected, or too much waits for it"));
        }
        return result;
    }

    /** Takes the place of a connection that was before; reads until it ends. */
    void converse(Wire fresh) {
        heardMillis = now();
        replace(fresh);
        try {
            while (true) {
                var items = fresh.read();
                heardMillis = now();
                items.forEach(this::take);
            }
        } catch (IOException ended) {
            LOG.debug("The connection to node {} ended: {}", id, String.valueOf(ended.getMessage()));
        } finally {
            end(fresh);
        }
    }

    /** Greets, gives up what is overdue, and hangs up on a node that says nothing. */
    void tick() {
        var now = now();
        calls.expire(now);
        var current = wire();
        if (current == null) {
            return;
        }
        if (now - heardMillis > limits.silentMillisMax()) {
            LOG.warn("A node is silent, its connection is given up: node {}", id);
            end(current);
        } else if (now - sentMillis >= limits.helloMillis()) {
            send(LinkItem.GREETING);
        }
    }

    /** Milliseconds since it was last heard, {@code Long.MAX_VALUE} if never. */
    long silentMillis() {
        var heard = heardMillis;
        return heard == NEVER ? Long.MAX_VALUE : Math.max(0, now() - heard);
    }

    /** Messages to the node that were dropped since the start. */
    long droppedCount() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        replace(null);
    }

    private void writeAll() {
        var items = new ArrayList<LinkItem>();
        for (var current = next(items); current != null; current = next(items)) {
            try {
                current.write(items);
                sentMillis = now();
            } catch (IOException broken) {
                LOG.debug("The connection to node {} broke: {}", id, String.valueOf(broken.getMessage()));
                end(current);
            }
            items.clear();
        }
    }

    /** Waits until something can be sent; null once closed. */
    private @Nullable Wire next(List<LinkItem> items) {
        lock.lock();
        try {
            while (!closed && waiting.isEmpty()) {
                changed.awaitUninterruptibly();
            }
            var size = 0;
            for (var item = waiting.peek();
                    item != null && (items.isEmpty() || size + item.sizeBytes() <= limits.frameBytesMax());
                    item = waiting.peek()) {
                items.add(waiting.remove());
                size += item.sizeBytes();
                waitingBytes -= item.sizeBytes();
            }
            return closed ? null : wire;
        } finally {
            lock.unlock();
        }
    }

    private void take(LinkItem item) {
        switch (item.kind()) {
            case MESSAGE -> endpoints.deliver(id, item.channel(), item.body());
            case REQUEST ->
                endpoints
                        .answer(id, item.channel(), item.body())
                        .whenComplete((answer, failure) -> answer(item, answer, failure));
            case ANSWER -> calls.answered(item.call(), item.body());
            case REFUSAL -> calls.failed(item.call(), new CallFailed(new String(item.body(), StandardCharsets.UTF_8)));
            case HELLO -> {}
        }
    }

    private void answer(LinkItem request, byte @Nullable [] answer, @Nullable Throwable failure) {
        if (answer != null && answer.length <= Links.MESSAGE_BYTES_MAX) {
            send(new LinkItem(LinkItem.Kind.ANSWER, request.channel(), request.call(), answer));
            return;
        }
        var sentence = failure == null ? "the answer is too long" : String.valueOf(failure.getMessage());
        var bytes = sentence.getBytes(StandardCharsets.UTF_8);
        send(new LinkItem(LinkItem.Kind.REFUSAL, request.channel(), request.call(), bytes));
    }

    private void end(Wire ended) {
        lock.lock();
        try {
            if (wire != ended) {
                ended.close();
                return;
            }
        } finally {
            lock.unlock();
        }
        replace(null);
    }

    private void replace(@Nullable Wire fresh) {
        Wire before;
        List<LinkItem> unsent;
        boolean refused;
        lock.lock();
        try {
            before = wire;
            refused = closed;
            wire = refused ? null : fresh;
            unsent = List.copyOf(waiting);
            waiting.clear();
            waitingBytes = 0;
            dropped += unsent.size();
        } finally {
            lock.unlock();
        }
        if (fresh != null && refused) {
            fresh.close();
        }
        if (before != null) {
            before.close();
            for (var item : unsent) {
                if (item.kind() == LinkItem.Kind.REQUEST) {
                    calls.failed(item.call(), new CallUnsent("the connection ended before"));
                }
            }
            calls.allFailed(new CallLost("the connection ended before an answer came"));
            lost.accept(id);
        }
    }

    private @Nullable Wire wire() {
        lock.lock();
        try {
            return wire;
        } finally {
            lock.unlock();
        }
    }

    private long now() {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanos());
    }
}
