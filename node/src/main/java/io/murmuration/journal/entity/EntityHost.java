package io.murmuration.journal.entity;

import io.murmuration.base.Clock;
import io.murmuration.cluster.Leadership.OfficeChange;
import io.murmuration.journal.Journal;
import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/**
 * Runs the entities of one kind in one group, on the node that leads it.
 *
 * <p>Owner: the capability whose entities they are; one host a group and node. It starts an entity with its first request and stops all of them
 * when office is lost, and each that has long been idle. Requests that come while another node leads are answered with its id.
 * <p>Invariants: an idle entity is closed only if it has taken all that it was sent, so that none of its requests meets the end.
 * <p>Limits: one actor pair for each entity asked within {@link EntitySettings#idleMax()}.
 */
public final class EntityHost<I, R> {
    public sealed interface Message<I, R> {}

    /**
     * @param bytes about what the intent weighs in memory
     * @param deadlineNanos by the node's clock: whoever dequeues the request later drops it
     */
    public record Request<I, R>(
            Entity<I, R> entity, I intent, int bytes, long deadlineNanos, ActorRef<Answer<R>> replyTo)
            implements Message<I, R> {}

    /** Nothing more will be asked of the entity: it need not stay until it has been idle for long. */
    public record Release<I, R>(String persistenceId) implements Message<I, R> {}

    /** The entity has nothing to do, having received so many requests. */
    record Idle<I, R>(String persistenceId, ActorRef<EntityProtocol.Message<I, R>> entity, long received)
            implements Message<I, R> {}

    private record Office<I, R>(OfficeChange change) implements Message<I, R> {}

    private record EntityStopped<I, R>(String persistenceId, ActorRef<?> actor) implements Message<I, R> {}

    private static final class Running<I, R> {
        private final ActorRef<EntityProtocol.Message<I, R>> entity;
        private long sent;

        Running(ActorRef<EntityProtocol.Message<I, R>> entity) {
            this.entity = entity;
        }

        boolean is(ActorRef<?> other) {
            return entity.equals(other);
        }
    }

    private final ActorContext<Message<I, R>> context;
    private final Journal journal;
    private final int group;
    private final EntitySettings settings;
    private final Clock clock;

    private EntityHost(
            ActorContext<Message<I, R>> context, Journal journal, int group, EntitySettings settings, Clock clock) {
        this.context = context;
        this.journal = journal;
        this.group = group;
        this.settings = settings;
        this.clock = clock;
    }

    public static <I, R> Behavior<Message<I, R>> create(
            Journal journal, int group, EntitySettings settings, Clock clock) {
        return Behaviors.setup(context -> {
            var self = context.getSelf();
            journal.onOffice(change -> {
                if (change.group() == group) {
                    self.tell(new Office<>(change));
                }
            });
            return new EntityHost<I, R>(context, journal, group, settings, clock).away();
        });
    }

    private Behavior<Message<I, R>> away() {
        return Behaviors.receiveMessage(message -> switch (message) {
            case Request<I, R> request -> {
                request.replyTo().tell(new Answer.NotLeader<>(journal.leaderOf(group)));
                yield Behaviors.same();
            }
            case Office<I, R> office -> office.change().serving() ? serving(new HashMap<>()) : Behaviors.same();
            case Release<I, R> release -> Behaviors.same();
            case Idle<I, R> idle -> Behaviors.same();
            case EntityStopped<I, R> stopped -> Behaviors.same();
        });
    }

    private Behavior<Message<I, R>> serving(Map<String, Running<I, R>> running) {
        return Behaviors.receiveMessage(message -> switch (message) {
            case Request<I, R> request -> {
                var asked = running.computeIfAbsent(
                        request.entity().persistenceId(), id -> new Running<>(start(request.entity())));
                asked.sent++;
                asked.entity.tell(new EntityProtocol.Request<>(
                        request.intent(), request.bytes(), request.deadlineNanos(), request.replyTo()));
                yield Behaviors.same();
            }
            case Release<I, R> release -> {
                var released = running.get(release.persistenceId());
                if (released != null) {
                    released.entity.tell(new EntityProtocol.Retire<>());
                }
                yield Behaviors.same();
            }
            case Idle<I, R> idle -> {
                var resting = running.get(idle.persistenceId());
                if (resting != null && resting.is(idle.entity()) && resting.sent == idle.received()) {
                    running.remove(idle.persistenceId());
                    resting.entity.tell(new EntityProtocol.Close<>());
                }
                yield Behaviors.same();
            }
            case Office<I, R> office -> {
                // a second term in a row: what the first started must not outlive it
                running.values().forEach(each -> each.entity.tell(new EntityProtocol.Close<>()));
                yield office.change().serving() ? serving(new HashMap<>()) : away();
            }
            case EntityStopped<I, R> stopped -> {
                running.computeIfPresent(
                        stopped.persistenceId(), (id, entity) -> entity.is(stopped.actor()) ? null : entity);
                yield Behaviors.same();
            }
        });
    }

    private ActorRef<EntityProtocol.Message<I, R>> start(Entity<I, R> entity) {
        var actor =
                context.spawnAnonymous(EntityActor.create(journal, group, entity, settings, clock, context.getSelf()));
        context.watchWith(actor, new EntityStopped<>(entity.persistenceId(), actor));
        return actor;
    }
}
