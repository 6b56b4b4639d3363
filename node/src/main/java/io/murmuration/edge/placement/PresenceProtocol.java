package io.murmuration.edge.placement;

import io.murmuration.base.CborMessage;
import org.apache.pekko.actor.typed.ActorRef;

/** Messages of the actor that holds a point of presence's place. */
public interface PresenceProtocol {
    sealed interface Message extends CborMessage {}

    /** Where it is; it starts there, empty, if it was nowhere. */
    record Locate(ActorRef<Located> replyTo) implements Message {}

    /** It is to be elsewhere. */
    record GiveUp() implements Message {}

    record Located(long node) implements CborMessage {}
}
