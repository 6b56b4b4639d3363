package io.murmuration.cluster;

import io.murmuration.base.Clock;
import io.murmuration.cluster.Links.CallFailed;
import io.murmuration.cluster.Links.CallTimeout;
import io.murmuration.cluster.Links.CallUnsent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries everything between this node and one other.
 *
 * <p>Owner: {@link ArteryLinks}. What arrives while it is busy leaves together: it flushes when it meets the reminder that it sent itself with the
 * first thing to send.
 * <p>Failure: a message that cannot be read is counted and dropped.
 * <p>Limits: {@link LinkLimits}. It holds mutable state: it is the hottest path between nodes.
 */
final class LinkActor extends AbstractBehavior<LinkActor.Message> {
    private static final Logger LOG = LoggerFactory.getLogger(LinkActor.class);
    private static final Duration TICK = Duration.ofMillis(100);

    /** All that it is sent, {@link Arrived} from the other node. */
    sealed interface Message {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Arrived(byte[] frame) implements Message {}

    record Send(LinkItem item) implements Message {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Call(Links.Channel channel, byte[] request, long timeoutMillis, CompletableFuture<byte[]> result)
            implements Message {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answered(
            Links.Channel channel,
            long call,
            byte @Nullable [] answer,
            @Nullable String failure) implements Message {}

    private enum Signal implements Message {
        FLUSH,
        TICK
    }

    private record PendingCall(long deadlineMillis, CompletableFuture<byte[]> result) {}

    private final long peer;
    private final LinkLimits limits;
    private final Endpoints endpoints;
    private final LinkGauge gauge;
    private final Clock clock;
    private final Link link;
    private final Map<Long, PendingCall> calls = new HashMap<>();
    private long lastCall;
    private boolean flushAsked;

    private LinkActor(
            ActorContext<Message> context,
            long self,
            long peer,
            long session,
            ActorRef<Message> far,
            LinkLimits limits,
            Endpoints endpoints,
            LinkGauge gauge,
            Clock clock) {
        super(context);
        this.peer = peer;
        this.limits = limits;
        this.endpoints = endpoints;
        this.gauge = gauge;
        this.clock = clock;
        this.link = new Link(limits, self, peer, session, frame -> far.tell(new Arrived(frame.toBytes())));
    }

    /** @param far the same actor on the other node */
    static Behavior<Message> create(
            long self,
            long peer,
            long session,
            ActorRef<Message> far,
            LinkLimits limits,
            Endpoints endpoints,
            LinkGauge gauge,
            Clock clock) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Signal.TICK, TICK);
            context.getSelf().tell(Signal.TICK);
            return new LinkActor(context, self, peer, session, far, limits, endpoints, gauge, clock);
        }));
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Message> onMessage(Message message) {
        switch (message) {
            case Arrived arrived -> onArrived(arrived);
            case Send send -> enqueue(send.item());
            case Call call -> onCall(call);
            case Answered answered -> onAnswered(answered);
            case Signal signal -> {
                if (signal == Signal.TICK) {
                    onTick();
                }
                flushAsked &= signal != Signal.FLUSH;
                gauge.left(link.flush(now()));
            }
        }
        if (!flushAsked && link.wantsFlush()) {
            flushAsked = true;
            getContext().getSelf().tell(Signal.FLUSH);
        }
        return this;
    }

    private void onArrived(Arrived arrived) {
        try {
            var items = link.received(LinkFrame.read(arrived.frame()), now());
            gauge.heard(link.heardMillis());
            items.forEach(this::take);
        } catch (IllegalArgumentException unreadable) {
            gauge.dropped();
            LOG.warn("A message from another node cannot be read, is it of another release? node {}", peer, unreadable);
        }
    }

    private void take(LinkItem item) {
        switch (item.kind()) {
            case MESSAGE -> endpoints.deliver(peer, item.channel(), item.body());
            case REQUEST ->
                getContext()
                        .pipeToSelf(
                                endpoints.answer(peer, item.channel(), item.body()),
                                (answer, failure) -> new Answered(
                                        item.channel(),
                                        item.call(),
                                        answer,
                                        failure == null ? null : String.valueOf(failure.getMessage())));
            case ANSWER -> {
                var call = calls.remove(item.call());
                if (call != null) {
                    call.result.complete(item.body());
                }
            }
            case REFUSAL -> {
                var call = calls.remove(item.call());
                if (call != null) {
                    var sentence = new String(item.body(), StandardCharsets.UTF_8);
                    call.result.completeExceptionally(new CallFailed(sentence));
                }
            }
        }
    }

    private void onCall(Call call) {
        if (calls.size() >= limits.callsMax() || link.isSilent(now())) {
            gauge.left(LinkItem.HEAD_BYTES + call.request().length);
            call.result()
                    .completeExceptionally(new CallUnsent(
                            link.isSilent(now()) ? "the node is not heard" : "too many calls wait for that node"));
            return;
        }
        calls.put(++lastCall, new PendingCall(now() + call.timeoutMillis(), call.result()));
        link.enqueue(new LinkItem(LinkItem.Kind.REQUEST, call.channel(), lastCall, call.request()));
    }

    private void onAnswered(Answered answered) {
        var answer = answered.answer();
        var item = answer != null && answer.length <= Links.MESSAGE_BYTES_MAX
                ? new LinkItem(LinkItem.Kind.ANSWER, answered.channel(), answered.call(), answer)
                : refusal(answered, answer == null ? String.valueOf(answered.failure()) : "the answer is too long");
        if (gauge.admit(item.sizeBytes(), limits.queuedBytesMax())) {
            enqueue(item);
        }
    }

    private static LinkItem refusal(Answered answered, String sentence) {
        return new LinkItem(
                LinkItem.Kind.REFUSAL, answered.channel(), answered.call(), sentence.getBytes(StandardCharsets.UTF_8));
    }

    private void enqueue(LinkItem item) {
        if (link.isSilent(now())) {
            gauge.left(item.sizeBytes());
            gauge.dropped();
        } else {
            link.enqueue(item);
        }
    }

    private void onTick() {
        var now = now();
        link.tick(now);
        for (var dropped : link.dropIfSilent(now)) {
            gauge.left(dropped.sizeBytes());
            gauge.dropped();
            var call = dropped.kind() == LinkItem.Kind.REQUEST ? calls.remove(dropped.call()) : null;
            if (call != null) {
                call.result.completeExceptionally(new CallUnsent("the node is not heard"));
            }
        }
        calls.values().removeIf(call -> {
            var late = call.deadlineMillis <= now;
            if (late) {
                call.result.completeExceptionally(new CallTimeout("no answer in time"));
            }
            return late;
        });
    }

    private long now() {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanos());
    }
}
