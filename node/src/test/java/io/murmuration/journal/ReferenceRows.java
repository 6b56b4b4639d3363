package io.murmuration.journal;

import io.murmuration.consensus.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the rows of every replica must be: the committed entries applied once, in order, by the production rules. */
public final class ReferenceRows {
    /** An append that had effect: by whom, the entity's new sequence number and the rows it changed. */
    public record Effect(String persistenceId, String writer, long sequenceNumber, List<RowChange> rows) {}

    private final SimulatedState state = new SimulatedState();
    private final List<Long> fingerprints = new ArrayList<>(List.of(0L));

    /** Applies the next entry. Null if it had no effect on an entity. */
    public @Nullable Effect apply(Entry entry) {
        Effect effect = null;
        List<RowChange> changes = List.of();
        if (entry.kind() == Entry.Kind.COMMAND) {
            var command = CommandCodec.decode(entry.payload());
            var outcome = ApplyRules.apply(state, command, entry.term());
            changes = outcome.changes();
            if (outcome.refusal() == null && command instanceof Command.AppendEvents append) {
                effect = new Effect(
                        append.persistenceId(),
                        append.writerUuid(),
                        append.highestSequenceNumber(),
                        append.events().getFirst().rows());
            }
        }
        state.apply(changes, entry.index(), entry.term(), null);
        fingerprints.add(state.fingerprint());
        return effect;
    }

    public long appliedIndex() {
        return state.appliedIndex();
    }

    /** What {@link SimulatedReplica#fingerprint} is once exactly the entries up to the index are applied. */
    public long fingerprint(long index) {
        return fingerprints.get((int) index);
    }
}
