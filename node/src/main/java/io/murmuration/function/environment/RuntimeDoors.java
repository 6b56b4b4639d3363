package io.murmuration.function.environment;

import io.murmuration.function.environment.EnvironmentProtocol.Message;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;

/** Opens a place for each environment where its runtime, and nobody else, asks for work. */
public interface RuntimeDoors {
    /** Fails if the system has no port left. */
    CompletionStage<Door> open(ActorRef<Message> environment);

    /** Belongs to one environment. */
    interface Door {
        /**
         * Host and port, without a path, which some runtimes' clients drop. Every process of the machine may try it, and one that outlived its node may
         * try it later: so nobody can guess it, and it is never given again.
         */
        String address();

        /** Nobody is let in any more. Whoever is connected is a process that is ending, and nobody answers it. */
        void close();
    }
}
