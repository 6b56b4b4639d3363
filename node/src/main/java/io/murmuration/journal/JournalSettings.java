package io.murmuration.journal;

import io.murmuration.consensus.RaftOptions;
import java.time.Duration;

/**
 * How the journal of a node behaves.
 *
 * @param tick how often replicas look at the clock
 * @param heartbeat how often a leader that has nothing to say says so
 * @param electionTimeout silence after which a follower asks for votes; each draws from one to two times this
 * @param inFlightBytesMax entries sent to one follower and not yet acknowledged
 * @param entriesKept entries kept behind the durable rows for replicas that lag
 * @param checkpoint how often rows are made durable, so that logs may be cut
 */
public record JournalSettings(
        Duration tick,
        Duration heartbeat,
        Duration electionTimeout,
        int inFlightBytesMax,
        int entriesKept,
        Duration checkpoint,
        LogStoreOptions logStore,
        StateStoreOptions stateStore) {
    private static final int MIB = 1024 * 1024;

    public static JournalSettings defaults() {
        return new JournalSettings(
                Duration.ofMillis(50),
                Duration.ofMillis(150),
                Duration.ofSeconds(1),
                4 * MIB,
                4096,
                Duration.ofSeconds(10),
                LogStoreOptions.defaults(),
                StateStoreOptions.defaults());
    }

    /** The same, with other times for the core. */
    public JournalSettings withTimes(Duration newTick, Duration newHeartbeat, Duration newElectionTimeout) {
        return new JournalSettings(
                newTick,
                newHeartbeat,
                newElectionTimeout,
                inFlightBytesMax,
                entriesKept,
                checkpoint,
                logStore,
                stateStore);
    }

    /** The same, with other bounds on what is kept and sent. */
    public JournalSettings withBounds(int newInFlightBytesMax, int newEntriesKept) {
        return new JournalSettings(
                tick,
                heartbeat,
                electionTimeout,
                newInFlightBytesMax,
                newEntriesKept,
                checkpoint,
                logStore,
                stateStore);
    }

    RaftOptions raftOptions(long self, boolean campaignsFirst) {
        var defaults = RaftOptions.defaults(self);
        return new RaftOptions(
                self,
                electionTimeout.toMillis(),
                2 * electionTimeout.toMillis(),
                heartbeat.toMillis(),
                defaults.appendBytesMax(),
                Math.max(2, inFlightBytesMax / defaults.appendBytesMax()),
                defaults.readsMax(),
                defaults.uncommittedMax(),
                defaults.uncommittedBytesMax(),
                defaults.tailBytesMax(),
                campaignsFirst);
    }

    ReplicaLimits limits() {
        return ReplicaLimits.DEFAULT.keeping(entriesKept);
    }
}
