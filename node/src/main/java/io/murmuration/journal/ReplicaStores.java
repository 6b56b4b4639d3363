package io.murmuration.journal;

import java.nio.file.Path;

/**
 * The two stores of a node, in the folders {@code "log"} and {@code "state"} of its data: damaged together or sound together (docs/safety.md, rule 7).
 */
public record ReplicaStores(LogStore logs, StateStore states) implements AutoCloseable {
    private static final String LOG = "log";
    private static final String STATE = "state";

    /**
     * @throws DamagedStoreException if either is damaged, or a state store lacks what its log no longer holds; {@link #beginAnew} goes on from there
     */
    public static ReplicaStores open(Path data, LogStoreOptions logOptions, StateStoreOptions stateOptions, Halt halt) {
        var logs = LogStore.open(data.resolve(LOG), logOptions, halt);
        try {
            var states = StateStore.open(data.resolve(STATE), stateOptions, halt);
            try {
                logs.requireReplayable(states);
                return new ReplicaStores(logs, states);
            } catch (RuntimeException e) {
                states.close();
                throw e;
            }
        } catch (RuntimeException e) {
            logs.close();
            throw e;
        }
    }

    /**
     * Puts both stores aside and begins empty ones, whose groups are {@link ReplicaLog#damaged damaged} until cured. The state store goes first: a crash
     * between leaves a damaged node, not an empty one.
     */
    public static ReplicaStores beginAnew(
            Path data, LogStoreOptions logOptions, StateStoreOptions stateOptions, Halt halt) {
        var states = StateStore.beginAnew(data.resolve(STATE), stateOptions, halt);
        try {
            return new ReplicaStores(LogStore.beginAnew(data.resolve(LOG), logOptions, halt), states);
        } catch (RuntimeException e) {
            states.close();
            throw e;
        }
    }

    @Override
    public void close() {
        logs.close();
        states.close();
    }
}
