package io.murmuration.cluster;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The link to one node: what waits is sent together, cut to frames, in a window of unconfirmed bytes.
 *
 * <p>Owner: a {@link LinkActor}; one thread at a time. Time is an argument.
 * <p>Invariants: a frame is sent once, and taken once: numbers below what was seen of a session are dropped. So a message may be lost and is
 * never doubled.
 * <p>Limits: {@link LinkLimits}; whoever enqueues keeps to the bound of what waits.
 */
final class Link {
    private final LinkLimits limits;
    private final long self;
    private final long peer;
    private final long session;
    private final Consumer<LinkFrame> transmit;

    private final ArrayDeque<LinkItem> waiting = new ArrayDeque<>();
    private final ArrayDeque<Sent> inFlight = new ArrayDeque<>();
    private final Reassembly reassembly;
    private long inFlightBytes;
    private long lastNumber;
    private long peerSession;
    private long seen;
    private boolean owesConfirmation;
    private long heardMillis = NEVER;
    private long sentMillis = NEVER;

    static final long NEVER = Long.MIN_VALUE;

    private record Sent(long number, int bytes, long atMillis) {}

    /** @param session a number that no other start of this node draws */
    Link(LinkLimits limits, long self, long peer, long session, Consumer<LinkFrame> transmit) {
        this.limits = limits;
        this.self = self;
        this.peer = peer;
        this.session = session;
        this.transmit = transmit;
        this.reassembly = new Reassembly(Links.MESSAGE_BYTES_MAX + 2 * limits.frameBytesMax());
    }

    void enqueue(LinkItem item) {
        waiting.addLast(item);
    }

    /** Whether something would be sent by {@link #flush}. */
    boolean wantsFlush() {
        return owesConfirmation || !waiting.isEmpty();
    }

    /** Sends what waits, as far as the window is open; tells how many bytes of items left the queue. */
    int flush(long nowMillis) {
        if (isSilent(nowMillis)) {
            return 0;
        }
        var left = 0;
        while (!waiting.isEmpty() && (inFlightBytes == 0 || inFlightBytes < limits.inFlightBytesMax())) {
            left += sendEnvelope(nowMillis);
        }
        if (owesConfirmation) {
            greet(nowMillis);
        }
        return left;
    }

    private int sendEnvelope(long nowMillis) {
        var out = new ByteWriter(Math.min(limits.frameBytesMax(), 4096));
        do {
            waiting.removeFirst().write(out);
        } while (!waiting.isEmpty() && out.size() + waiting.getFirst().sizeBytes() <= limits.frameBytesMax());
        var envelope = out.toBytes();
        var parts = (envelope.length + limits.frameBytesMax() - 1) / limits.frameBytesMax();
        for (int part = 0; part < parts; part++) {
            var from = part * limits.frameBytesMax();
            var to = Math.min(envelope.length, from + limits.frameBytesMax());
            var content = parts == 1 ? envelope : Arrays.copyOfRange(envelope, from, to);
            inFlight.addLast(new Sent(++lastNumber, content.length, nowMillis));
            inFlightBytes += content.length;
            send(new LinkFrame(self, peer, session, lastNumber, peerSession, seen, part, parts, content), nowMillis);
        }
        return envelope.length;
    }

    private void greet(long nowMillis) {
        send(LinkFrame.greeting(self, peer, session, peerSession, seen), nowMillis);
    }

    private void send(LinkFrame frame, long nowMillis) {
        owesConfirmation = false;
        sentMillis = nowMillis;
        transmit.accept(frame);
    }

    /** Takes a frame and gives the items that it completes, in order. */
    List<LinkItem> received(LinkFrame frame, long nowMillis) {
        if (frame.from() != peer || frame.to() != self) {
            return List.of(); // meant for another node that had this address before
        }
        var wasSilent = isSilent(nowMillis);
        heardMillis = nowMillis;
        if (frame.session() != peerSession) {
            peerSession = frame.session();
            seen = 0;
            reassembly.forget();
        }
        if (frame.confirmedSession() == session) {
            confirm(frame.confirmed());
        }
        if (frame.number() == 0) {
            owesConfirmation |= wasSilent; // so that the other hears me as soon as I hear it
            return List.of();
        }
        owesConfirmation = true;
        if (frame.number() <= seen) {
            return List.of();
        }
        seen = frame.number();
        var envelope = reassembly.add(frame);
        if (envelope == null) {
            return List.of();
        }
        var items = new ArrayList<LinkItem>();
        var in = new ByteReader(envelope);
        while (in.remaining() > 0) {
            items.add(LinkItem.read(in));
        }
        return items;
    }

    private void confirm(long number) {
        while (!inFlight.isEmpty() && inFlight.getFirst().number <= number) {
            inFlightBytes -= inFlight.removeFirst().bytes;
        }
    }

    /** Greets after a while without anything to say, and gives up what was not confirmed. */
    void tick(long nowMillis) {
        while (!inFlight.isEmpty() && nowMillis - inFlight.getFirst().atMillis >= limits.confirmMillisMax()) {
            inFlightBytes -= inFlight.removeFirst().bytes;
        }
        if (sentMillis == NEVER || nowMillis - sentMillis >= limits.helloMillis()) {
            greet(nowMillis);
        }
    }

    /** What waits, if the node is too silent to be sent to; it is dropped. */
    List<LinkItem> dropIfSilent(long nowMillis) {
        if (waiting.isEmpty() || !isSilent(nowMillis)) {
            return List.of();
        }
        var dropped = List.copyOf(waiting);
        waiting.clear();
        return dropped;
    }

    boolean isSilent(long nowMillis) {
        return heardMillis == NEVER || nowMillis - heardMillis > limits.silentMillisMax();
    }

    /** When the node was last heard, {@link #NEVER} if it was not. */
    long heardMillis() {
        return heardMillis;
    }
}
