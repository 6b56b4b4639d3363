package io.murmuration.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.consensus.Voters;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Damage that the persistence plugins' reads meet ends the process, as any read's does. */
class GroupReaderTest {
    private final List<String> halts = new ArrayList<>();
    private final ReplicaState damaged = new DamagedState();
    private final GroupReader reader =
            new GroupReader(damaged, new ReplicaRows(damaged, (sentence, cause) -> halts.add(sentence)));

    @Test
    void events_that_cannot_be_read_end_the_process() {
        assertThatThrownBy(() -> reader.events("e", 1, 9, 9, (number, event) -> {}))
                .isInstanceOf(DamagedStoreException.class);
        assertThat(halts).hasSize(1);
    }

    @Test
    void snapshots_that_cannot_be_read_end_the_process() {
        assertThatThrownBy(() -> reader.latestSnapshot("e", SnapshotSelectionCriteria.latest()))
                .isInstanceOf(DamagedStoreException.class);
        assertThat(halts).hasSize(1);
    }

    private static final class DamagedState implements ReplicaState {
        @Override
        public byte @Nullable [] get(byte[] key) {
            throw new DamagedStoreException("a block is wrong");
        }

        @Override
        public Rows.RowCursor scan(byte[] from, byte[] to, boolean reverse) {
            return new Rows.RowCursor() {
                @Override
                public boolean next() {
                    throw new DamagedStoreException("a block is wrong");
                }

                @Override
                public byte[] key() {
                    return new byte[0];
                }

                @Override
                public byte[] value() {
                    return new byte[0];
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public long appliedIndex() {
            return 1;
        }

        @Override
        public long appliedTerm() {
            return 1;
        }

        @Override
        public @Nullable Voters voters() {
            return null;
        }

        @Override
        public void apply(List<RowChange> changes, long index, long term, @Nullable Voters voters) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long durableIndex() {
            return 1;
        }
    }
}
