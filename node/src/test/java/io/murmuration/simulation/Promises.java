package io.murmuration.simulation;

import io.murmuration.consensus.Effects;
import io.murmuration.consensus.Entry;
import io.murmuration.consensus.HardState;
import io.murmuration.consensus.Input;
import io.murmuration.consensus.Raft;
import java.util.ArrayDeque;
import java.util.List;

/** What one life of a replica has promised: its term and vote, in memory and on the disk, and the log up to its commit index. */
final class Promises {
    private record Written(long step, HardState hardState) {}

    private final ArrayDeque<Written> writing = new ArrayDeque<>();
    private HardState hardState;
    private HardState durable;
    private long commitIndex;

    Promises(Raft raft) {
        hardState = raft.hardState();
        durable = hardState;
        commitIndex = raft.commitIndex();
    }

    /** Terms do not fall and votes do not change, neither in memory nor across a restart. */
    void restarted(Raft raft) {
        follows(durable, raft.hardState(), "what was durable of term and vote is there after a restart");
    }

    void stepped(Raft raft, Input input, Effects effects) {
        follows(hardState, raft.hardState(), "terms grow and votes stay");
        if (!raft.hardState().equals(hardState)) {
            hardState = raft.hardState();
            writing.addLast(new Written(effects.step(), hardState));
        }
        if (input instanceof Input.Persisted persisted) {
            while (!writing.isEmpty() && writing.getFirst().step() <= persisted.step()) {
                durable = writing.removeFirst().hardState();
            }
        }
    }

    /** State machine safety of the log itself, before anything is applied: whatever counts as committed here is what was committed. */
    void commits(Raft raft, Input input, Effects effects, List<Entry> committed) {
        if (input instanceof Input.SnapshotInstalled snapshot) {
            commitIndex = Math.max(commitIndex, snapshot.index() - 1); // there is no log before it
        }
        while (commitIndex < effects.commitIndex()) {
            commitIndex++;
            Violation.unless(
                    commitIndex <= committed.size()
                            && commitIndex <= raft.lastIndex()
                            && raft.term(commitIndex)
                                    == committed.get((int) commitIndex - 1).term(),
                    "state machine safety: entry " + commitIndex + " of the log is another than was committed");
        }
    }

    private static void follows(HardState before, HardState after, String rule) {
        Violation.unless(
                after.term() > before.term()
                        || (after.term() == before.term()
                                && (before.votedFor() == HardState.NOBODY || after.votedFor() == before.votedFor())),
                rule + ": " + before + ", then " + after);
    }
}
