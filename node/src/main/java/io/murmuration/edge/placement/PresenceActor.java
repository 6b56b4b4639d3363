package io.murmuration.edge.placement;

import io.murmuration.edge.placement.PresenceProtocol.GiveUp;
import io.murmuration.edge.placement.PresenceProtocol.Locate;
import io.murmuration.edge.placement.PresenceProtocol.Located;
import io.murmuration.edge.placement.PresenceProtocol.Message;
import io.murmuration.edge.presence.PointOfPresence;
import io.murmuration.edge.presence.Presences;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;

/**
 * A point of presence's place: while this actor lives, the point of presence is in its node's list.
 *
 * <p>Owner: cluster sharding starts one for each id, on the node that {@link RegionAllocation} chooses, and stops it when the cluster changes.
 * <p>Failure: while a cluster is split there may be two of one id; each has a cache of its own, which invalidations reach by its node.
 */
final class PresenceActor extends AbstractBehavior<Message> {
    private final Presences presences;
    private final PointOfPresence presence;
    private final long node;

    private PresenceActor(ActorContext<Message> context, Presences presences, String id, long node) {
        super(context);
        this.presences = presences;
        this.presence = presences.open(id);
        this.node = node;
    }

    static Behavior<Message> create(Presences presences, String id, long node) {
        return Behaviors.setup(context -> new PresenceActor(context, presences, id, node));
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Locate.class, this::onLocate)
                .onMessage(GiveUp.class, giveUp -> Behaviors.stopped())
                .onSignal(PostStop.class, stopped -> onStopped())
                .build();
    }

    private Behavior<Message> onLocate(Locate locate) {
        locate.replyTo().tell(new Located(node));
        return this;
    }

    private Behavior<Message> onStopped() {
        presences.close(presence);
        return this;
    }
}
