package io.murmuration.journal;

import io.murmuration.consensus.Voters;
import java.util.List;
import java.util.random.RandomGenerator;

/** What one simulated node keeps while it is down: log and rows. */
public final class SimulatedDisk {
    final Voters formatted;
    final SimulatedState state = new SimulatedState();
    private final SimulatedLogStore logs = new SimulatedLogStore();
    private boolean struck;

    public SimulatedDisk(Voters formatted) {
        this.formatted = formatted;
        logs.open(0).persist(null, List.of(formatted.firstEntry()), () -> {});
    }

    /** Whether promises were lost and the replica is not durably cured of it. */
    public boolean isDamaged() {
        return struck || logs.isDamaged();
    }

    public void checkpoint() {
        state.checkpoint();
    }

    /** The node stops without a word. */
    public void crash(RandomGenerator random) {
        logs.crash(random);
        state.crash(random);
    }

    /** Something of the log is missing or wrong. Only while the node is down. */
    public void damage(RandomGenerator random) {
        struck = true;
        logs.damage(random);
    }

    /** As a start of the production code finds the stores, puts them aside or finishes what was broken off ({@link ReplicaStart}). */
    ReplicaLog open(int cacheBytes, ReplicaState view) {
        var log = openOrBeginAnew(cacheBytes);
        if (!ReplicaStart.fits(log, view)) {
            log.reset(log.hardState(), state.appliedIndex(), state.appliedTerm(), () -> {});
        }
        return log;
    }

    void mount(SimulatedLogStore.Syncs syncs) {
        logs.mount(syncs);
    }

    private ReplicaLog openOrBeginAnew(int cacheBytes) {
        try {
            var log = logs.open(cacheBytes);
            if (struck) {
                throw new IllegalStateException("a start did not find that the log is damaged");
            }
            return log;
        } catch (DamagedStoreException found) {
            if (!struck) {
                throw new IllegalStateException("a sound log was taken for damaged", found);
            }
            struck = false;
            logs.beginAnew();
            state.become(new SimulatedState().snapshot());
            return logs.open(cacheBytes);
        }
    }
}
