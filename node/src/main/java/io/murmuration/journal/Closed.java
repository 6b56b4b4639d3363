package io.murmuration.journal;

import io.murmuration.consensus.HardState;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** What is left of a replica that has ended: it tells callers so. */
final class Closed {
    private Closed() {}

    static Behavior<ReplicaMessage> create() {
        return Behaviors.receiveMessage(message -> {
            if (message instanceof ReplicaMessage.Request request) {
                refuse(request);
            }
            return Behaviors.same();
        });
    }

    static void refuse(ReplicaMessage.Request request) {
        var elsewhere = new NotLeaderException(HardState.NOBODY);
        switch (request) {
            case ReplicaMessage.Append append -> append.result().completeExceptionally(elsewhere);
            case ReplicaMessage.Barrier barrier -> barrier.result().completeExceptionally(elsewhere);
            case ReplicaMessage.AwaitApplied await -> await.result().completeExceptionally(elsewhere);
            case ReplicaMessage.Listen listen -> {}
            case ReplicaMessage.HandOver handOver -> handOver.result().complete(null);
            case ReplicaMessage.Close close -> close.result().complete(null);
        }
    }
}
