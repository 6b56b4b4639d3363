package io.murmuration.main;

import io.murmuration.journal.Halt;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.remote.artery.ThisActorSystemQuarantinedEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Artery quarantines a node for good when the stream of its control messages breaks, and hears it again only under a new uid. So the process ends, to
 * be started again by its wrapper. Nothing is lost by that: it is a crash to the others.
 */
final class Quarantine {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    private Quarantine() {}

    static void endsProcessOf(ActorSystem<?> system) {
        var events = ThisActorSystemQuarantinedEvent.class;
        Behavior<ThisActorSystemQuarantinedEvent> watch = Behaviors.setup(context -> {
            system.eventStream().tell(new EventStream.Subscribe<>(events, context.getSelf()));
            return Behaviors.receiveMessage(event -> {
                LOG.warn("Another node no longer hears this one, which starts again. {}", event);
                Runtime.getRuntime().halt(Halt.STATUS_START_AGAIN);
                return Behaviors.stopped();
            });
        });
        var unused = system.systemActorOf(watch, "quarantine", Props.empty());
    }
}
