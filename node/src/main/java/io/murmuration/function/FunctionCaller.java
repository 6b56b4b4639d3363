package io.murmuration.function;

import io.murmuration.base.Clock;
import io.murmuration.function.FunctionProtocol.Accepted;
import io.murmuration.function.FunctionProtocol.CallReply;
import io.murmuration.function.FunctionProtocol.InvokeFunction;
import io.murmuration.function.FunctionProtocol.Invoked;
import io.murmuration.function.FunctionProtocol.Refused;
import io.murmuration.function.environment.Invocation;
import io.murmuration.function.environment.InvocationResult;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ErrorCodes;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ClusterEvent.MemberDowned;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * This node's calls of functions, wherever their entities live.
 *
 * <p>Owner: {@link FunctionNode}, one on each node, at a path that {@code reference.conf} knows, because replies may be large.
 * <p>Invariants: every call is answered once. If the entity that accepted it ends first, or the node is taken out that it was sent to by all that is
 * known, or nobody accepts it, or its time is over, the outcome is unknown: the function may have been called. What comes
 * while that node is being taken out waits until it is: sharding would send it there.
 * <p>Limits: whoever calls bounds how many calls there are.
 */
final class FunctionCaller {
    /** Above what it takes until a killed node's entities answer elsewhere. */
    private static final Duration ACCEPTED_WITHIN = Duration.ofSeconds(20);

    private static final Duration LOOK_PERIOD = Duration.ofMillis(500);

    /** Until sharding has also learnt that a node is gone: it is told at the same moment. */
    private static final Duration AFTER_REMOVAL = Duration.ofMillis(100);

    private final ActorContext<Message> context;
    private final ActorRef<ShardingEnvelope<FunctionProtocol.Message>> region;
    private final Clock clock;
    private final Map<Long, Pending> pending = new HashMap<>();
    /** The calls that each entity has accepted, or is thought to get. */
    private final Map<ActorRef<FunctionProtocol.Message>, Set<Long>> sent = new HashMap<>();
    /** The entity of each function that accepted a call last. */
    private final Map<String, ActorRef<FunctionProtocol.Message>> entities = new HashMap<>();
    /** Nodes that are being taken out, and the calls that wait until they are. */
    private final Map<Address, List<Held>> leaving = new HashMap<>();

    private long calls;

    /** What is told to it here; replies come besides. */
    sealed interface Message {}

    /**
     * @param function names the entity
     * @param patience from now to the answer
     */
    record Call(
            String function,
            Deployment deployment,
            Invocation invocation,
            Duration patience,
            CompletableFuture<InvocationResult> answer)
            implements Message {}

    private record Replied(CallReply reply) implements Message {}

    private record Lost(ActorRef<FunctionProtocol.Message> entity) implements Message {}

    private record TakenOut(Address node) implements Message {}

    private record Gone(Address node) implements Message {}

    private record Resend(Address node) implements Message {}

    private record Look() implements Message {}

    private record Held(Call call, long sinceNanos) {}

    /** @param entity that accepted it, or is thought to get it */
    private record Pending(
            String function,
            CompletableFuture<InvocationResult> answer,
            long sentNanos,
            long untilNanos,
            boolean accepted,
            @Nullable ActorRef<FunctionProtocol.Message> entity) {}

    private FunctionCaller(
            ActorContext<Message> context, ActorRef<ShardingEnvelope<FunctionProtocol.Message>> region, Clock clock) {
        this.context = context;
        this.region = region;
        this.clock = clock;
    }

    static Behavior<Message> create(ActorRef<ShardingEnvelope<FunctionProtocol.Message>> region, Clock clock) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new Look(), LOOK_PERIOD);
            return new FunctionCaller(context, region, clock).behavior(timers);
        }));
    }

    private Behavior<Message> behavior(TimerScheduler<Message> timers) {
        ActorRef<CallReply> replies = context.messageAdapter(CallReply.class, Replied::new);
        var out = context.messageAdapter(
                MemberDowned.class, event -> new TakenOut(event.member().address()));
        var gone = context.messageAdapter(
                MemberRemoved.class, event -> new Gone(event.member().address()));
        var events = Cluster.get(context.getSystem()).subscriptions();
        events.tell(Subscribe.create(out, MemberDowned.class));
        events.tell(Subscribe.create(gone, MemberRemoved.class));
        return Behaviors.receiveMessage(message -> {
            switch (message) {
                case Call call -> onCall(call, replies);
                case Replied replied -> onReply(replied.reply());
                case Lost lost -> onLost(lost.entity());
                case TakenOut leaves -> onTakenOut(leaves.node());
                case Gone left -> {
                    if (leaving.containsKey(left.node())) {
                        timers.startSingleTimer(new Resend(left.node()), AFTER_REMOVAL);
                    }
                }
                case Resend resend -> onResend(resend.node());
                case Look look -> onLook();
            }
            return Behaviors.same();
        });
    }

    private void onCall(Call call, ActorRef<CallReply> replies) {
        long now = clock.nanos();
        var entity = entities.get(call.function());
        var held = entity == null ? null : leaving.get(entity.path().address());
        if (held != null) {
            held.add(new Held(call, now));
            return;
        }
        long number = calls++;
        pending.put(
                number,
                new Pending(
                        call.function(),
                        call.answer(),
                        now,
                        now + call.patience().toNanos(),
                        false,
                        entity));
        if (entity != null) {
            calls(entity).add(number);
        }
        var invocation = call.invocation();
        region.tell(new ShardingEnvelope<>(
                call.function(),
                new InvokeFunction(
                        number,
                        call.deployment(),
                        invocation.requestId(),
                        invocation.arn(),
                        invocation.payload().toArrayUnsafe(),
                        invocation.traceId(),
                        invocation.clientContext(),
                        invocation.wantsLog(),
                        clock.millis() + ACCEPTED_WITHIN.toMillis(),
                        replies)));
    }

    private void onReply(CallReply reply) {
        switch (reply) {
            case Accepted accepting -> onAccepted(accepting);
            case Invoked invoked -> {
                var done = forget(invoked.call());
                if (done != null) {
                    done.answer().complete(result(invoked));
                }
            }
            case Refused refused -> {
                var done = forget(refused.call());
                if (done != null) {
                    done.answer()
                            .completeExceptionally(new ServiceException(new ServiceError(
                                    ErrorCodes.named(refused.code()), refused.message(), refused.details())));
                }
            }
        }
    }

    private static InvocationResult result(Invoked invoked) {
        return new InvocationResult(
                invoked.requestId(),
                ByteString.fromArrayUnsafe(invoked.payload()),
                invoked.functionError().isEmpty() ? Optional.empty() : Optional.of(invoked.functionError()),
                invoked.hasLog() ? Optional.of(ByteString.fromArrayUnsafe(invoked.log())) : Optional.empty());
    }

    private void onAccepted(Accepted accepting) {
        var call = pending.get(accepting.call());
        if (call == null) {
            return; // nobody waits any more
        }
        var entity = accepting.entity();
        if (!entity.equals(call.entity())) {
            leave(accepting.call(), call);
            calls(entity).add(accepting.call());
            entities.put(call.function(), entity);
        }
        pending.put(
                accepting.call(),
                new Pending(call.function(), call.answer(), call.sentNanos(), call.untilNanos(), true, entity));
    }

    private Set<Long> calls(ActorRef<FunctionProtocol.Message> entity) {
        var its = sent.get(entity);
        if (its == null) {
            its = new HashSet<>();
            sent.put(entity, its);
            context.watchWith(entity, new Lost(entity));
        }
        return its;
    }

    private void leave(long number, Pending call) {
        var its = call.entity() == null ? null : sent.get(call.entity());
        if (its != null) {
            its.remove(number);
        }
    }

    private @Nullable Pending forget(long call) {
        var done = pending.remove(call);
        if (done != null) {
            leave(call, done);
        }
        return done;
    }

    private void onLost(ActorRef<FunctionProtocol.Message> entity) {
        // what it has not accepted is kept for its successor
        sent.getOrDefault(entity, Set.of()).stream()
                .filter(call -> Objects.requireNonNull(pending.get(call)).accepted())
                .toList()
                .forEach(this::lost);
        sent.remove(entity);
        if (!leaving.containsKey(entity.path().address())) {
            entities.values().removeIf(entity::equals);
        }
    }

    private void onTakenOut(Address node) {
        sent.entrySet().stream()
                .filter(entry -> entry.getKey().path().address().equals(node))
                .flatMap(entry -> entry.getValue().stream())
                .toList()
                .forEach(this::lost);
        leaving.putIfAbsent(node, new ArrayList<>());
    }

    private void onResend(Address node) {
        entities.values().removeIf(entity -> entity.path().address().equals(node));
        var held = leaving.remove(node);
        if (held != null) {
            held.forEach(each -> context.getSelf().tell(each.call()));
        }
    }

    private void lost(long call) {
        unknown(call, "The node that had the function's queue was lost; the function may have been called.");
    }

    private void onLook() {
        long now = clock.nanos();
        var late = pending.entrySet().stream()
                .filter(each -> each.getValue().untilNanos() - now <= 0
                        || (!each.getValue().accepted()
                                && each.getValue().sentNanos() + ACCEPTED_WITHIN.toNanos() - now <= 0))
                .map(Map.Entry::getKey)
                .toList();
        late.forEach(call -> unknown(call, "The function did not answer; it may have been called."));
        // never seen: a node that is taken out is gone within seconds
        leaving.entrySet().stream()
                .filter(node -> node.getValue().stream()
                        .anyMatch(each -> each.sinceNanos() + ACCEPTED_WITHIN.toNanos() - now <= 0))
                .map(Map.Entry::getKey)
                .toList()
                .forEach(this::onResend);
    }

    private void unknown(long call, String message) {
        var done = forget(call);
        if (done != null) {
            done.answer()
                    .completeExceptionally(
                            new ServiceException(new ServiceError(CommonError.OUTCOME_UNKNOWN, message)));
        }
    }
}
