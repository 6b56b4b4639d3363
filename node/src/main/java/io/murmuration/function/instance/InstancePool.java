package io.murmuration.function.instance;

import io.murmuration.function.instance.InstanceProtocol.MakeRoom;
import io.murmuration.function.instance.InstanceProtocol.Message;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.apache.pekko.actor.typed.ActorRef;

/** The places for execution environments on this node. Any thread. */
final class InstancePool {
    private final int max;
    private final SequencedSet<ActorRef<Message>> idle = new LinkedHashSet<>();
    private int taken;

    /** @param max environments at a time */
    InstancePool(int max) {
        this.max = max;
    }

    /** A place, if there is one; else the instance that has been idle for longest is asked to make room for the next who asks. */
    synchronized boolean take() {
        if (taken < max) {
            taken++;
            return true;
        }
        if (!idle.isEmpty()) {
            idle.removeFirst().tell(new MakeRoom());
        }
        return false;
    }

    synchronized void giveBack() {
        taken--;
    }

    synchronized void idle(ActorRef<Message> instance) {
        idle.add(instance);
    }

    synchronized void busy(ActorRef<Message> instance) {
        idle.remove(instance);
    }
}
