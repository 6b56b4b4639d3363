package io.murmuration.function;

import io.murmuration.function.FunctionProtocol.Accepted;
import io.murmuration.function.FunctionProtocol.Close;
import io.murmuration.function.FunctionProtocol.Invoke;
import io.murmuration.function.FunctionProtocol.InvokeFunction;
import io.murmuration.function.FunctionProtocol.Leave;
import io.murmuration.function.FunctionProtocol.Message;
import io.murmuration.function.FunctionProtocol.Retire;
import io.murmuration.function.FunctionProtocol.RevisionMessage;
import io.murmuration.function.FunctionProtocol.Unused;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.ChildFailed;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One function in the cluster: a sharded entity below which each revision that is in use has its queue.
 *
 * <p>Owner: cluster sharding. It is not alone for sure (decision 15): while a node is behind a broken link there may be two, and each counts the
 * invocations that it sees.
 * <p>Invariants: one actor for each revision; none is closed while an invocation is on its way to it (it tells how many it received).
 * <p>Failure: if it ends, or a revision does, those whose call it had accepted are told by their node that the outcome is unknown. Nothing is kept.
 */
final class FunctionEntity {
    private static final Logger log = LoggerFactory.getLogger(FunctionEntity.class);

    private final ActorContext<Message> context;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final FunctionActor.Surroundings around;
    private final Map<String, Revision> byKey = new HashMap<>();
    private long created;
    private boolean leaving;

    private record Revision(ActorRef<RevisionMessage> actor, Deployment deployment, long sent) {}

    private FunctionEntity(
            ActorContext<Message> context,
            ActorRef<ClusterSharding.ShardCommand> shard,
            FunctionActor.Surroundings around) {
        this.context = context;
        this.shard = shard;
        this.around = around;
    }

    static Behavior<Message> create(ActorRef<ClusterSharding.ShardCommand> shard, FunctionActor.Surroundings around) {
        return Behaviors.setup(context -> new FunctionEntity(context, shard, around).ready());
    }

    private Behavior<Message> ready() {
        return Behaviors.receive((context, message) -> onMessage(message), (context, signal) -> onSignal(signal));
    }

    private Behavior<Message> onMessage(Message message) {
        switch (message) {
            case InvokeFunction call -> onCall(call);
            case Unused unused -> onUnused(unused);
            case Leave leave -> {
                leaving = true;
                byKey.values().forEach(revision -> revision.actor().tell(new Retire()));
            }
        }
        return leaving && byKey.isEmpty() ? Behaviors.stopped() : Behaviors.same();
    }

    private Behavior<Message> onSignal(Signal signal) {
        if (signal instanceof Terminated ended) {
            if (ended instanceof ChildFailed failed) {
                log.error("A function's actor failed; please report this.", failed.getCause());
            }
            byKey.values()
                    .removeIf(revision ->
                            revision.actor().path().equals(ended.getRef().path()));
            if (ended instanceof ChildFailed || (leaving && byKey.isEmpty())) {
                // those who wait for the revision learn of it by the end of this one
                return Behaviors.stopped();
            }
        }
        return Behaviors.same();
    }

    private void onCall(InvokeFunction call) {
        if (call.notAfterMillis() < around.clock().millis()) {
            // its caller has told that the outcome is unknown, and may have called again since
            log.info("A call came when its caller had given it up, and is not made. request={}", call.requestId());
            return;
        }
        call.replyTo().tell(new Accepted(call.call(), context.getSelf()));
        var key = call.deployment().key();
        var revision = byKey.get(key);
        if (revision == null) {
            revision = started(call.deployment());
        }
        byKey.put(key, new Revision(revision.actor(), revision.deployment(), revision.sent() + 1));
        revision.actor().tell(new Invoke(call));
    }

    private Revision started(Deployment deployment) {
        byKey.values().forEach(older -> older.actor().tell(new Retire()));
        var actor = context.spawn(FunctionActor.create(deployment, around, context.getSelf()), "revision-" + created++);
        context.watch(actor);
        return new Revision(actor, deployment, 0);
    }

    private void onUnused(Unused unused) {
        var key = unused.deployment().key();
        var revision = byKey.get(key);
        if (revision != null && revision.sent() == unused.received()) {
            byKey.remove(key);
            revision.actor().tell(new Close());
            if (byKey.isEmpty() && !leaving) {
                shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
            }
        }
    }
}
