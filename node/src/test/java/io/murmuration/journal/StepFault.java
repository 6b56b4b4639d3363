package io.murmuration.journal;

import io.murmuration.consensus.Effects;
import io.murmuration.consensus.Input;
import io.murmuration.consensus.Raft;

/** Stands between the production core and its shell. The sound one passes everything on; planted bugs change what passes. */
public interface StepFault {
    StepFault NONE = new StepFault() {};

    default Effects step(Raft raft, Input input) {
        return raft.step(input);
    }

    /** How many entries a fetched state claims to contain beyond those it does. */
    default int snapshotGap() {
        return 0;
    }

    /** Whether the log is truncated only behind rows that are durable. */
    default boolean awaitsDurableRows() {
        return true;
    }

    /** Whether a damaged replica knows that it is. */
    default boolean knowsDamage() {
        return true;
    }
}
