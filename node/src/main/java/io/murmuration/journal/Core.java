package io.murmuration.journal;

import io.murmuration.consensus.Effects;
import io.murmuration.consensus.Entry;
import io.murmuration.consensus.Input;
import io.murmuration.consensus.Raft;
import java.util.List;

/** The consensus core as its shell sees it; a simulation may put a faulty one here. The methods are {@link Raft}'s. */
interface Core {
    Effects step(Input input);

    List<Entry> entries(long from, long to, int bytesMax);

    boolean mayInstall(long index, long indexTerm);

    Effects.Office office();

    long lastIndex();

    long staleMillis(long nowMillis);

    long neededIndex();

    boolean damaged();

    static Core of(Raft raft) {
        return new Core() {
            @Override
            public Effects step(Input input) {
                return raft.step(input);
            }

            @Override
            public List<Entry> entries(long from, long to, int bytesMax) {
                return raft.entries(from, to, bytesMax);
            }

            @Override
            public boolean mayInstall(long index, long indexTerm) {
                return raft.mayInstall(index, indexTerm);
            }

            @Override
            public Effects.Office office() {
                return raft.office();
            }

            @Override
            public long lastIndex() {
                return raft.lastIndex();
            }

            @Override
            public long staleMillis(long nowMillis) {
                return raft.staleMillis(nowMillis);
            }

            @Override
            public long neededIndex() {
                return raft.neededIndex();
            }

            @Override
            public boolean damaged() {
                return raft.damaged();
            }
        };
    }
}
