package io.murmuration.journal;

import io.murmuration.consensus.Effects;
import io.murmuration.consensus.Message;

/** Where a replica's deeds go. None of these may call back into the replica before it returns. */
interface Outbox {
    /** Sends to {@link Message#to()}; may lose it. */
    void send(Message message);

    /** Called on the log store's thread: {@link ReplicaLogic#persisted} is to be called with it on the replica's own. */
    void persisted(long step);

    /** As {@link #persisted}, for {@link ReplicaLogic#logReset}. */
    void logReset();

    /** Asks for {@link ReplicaLogic#applyMore} after what else waits. */
    void applyLater();

    /** Fetches the state beside the replica's own; ends with {@link ReplicaLogic#fetched} or {@link ReplicaLogic#fetchFailed}. */
    void fetch(Effects.Fetch fetch);

    /** Puts what was fetched in the place of the replica's rows, durably; ends with {@link ReplicaLogic#installed}. */
    void install();

    /** Throws away what was fetched. */
    void discard();

    /** The replica's role changed. */
    void office(Effects.Office office);
}
