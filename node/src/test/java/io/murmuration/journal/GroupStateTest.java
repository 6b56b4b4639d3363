package io.murmuration.journal;

import static io.murmuration.journal.StateStoreTest.put;
import static io.murmuration.journal.StoreTesting.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.journal.leveldb.Cursor;
import io.murmuration.journal.leveldb.Pairs;
import io.murmuration.journal.leveldb.WriteBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads that a replacement of the rows overtakes: they looked whether there are rows, and then stood still for a while. */
class GroupStateTest {
    private static final int GROUP = 4;

    private final Overtaken pairs = new Overtaken();
    private final GroupState state = GroupState.load(GROUP, pairs, batch -> pairs.write(batch, false));

    @BeforeEach
    void fill() {
        state.apply(List.of(put("a", "1")), 1, 1, null);
    }

    @Test
    void a_row_is_not_absent_because_it_was_just_deleted_for_a_new_one() {
        pairs.meanwhile = this::beginInstall;

        assertThatThrownBy(() -> state.get(bytes("a"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nor_when_the_replacement_is_complete_before_the_read_ends() {
        pairs.meanwhile = () -> {
            beginInstall();
            state.endInstall(new StateMark(9, 1, null));
        };

        assertThatThrownBy(() -> state.get(bytes("a"))).isInstanceOf(IllegalStateException.class);
        pairs.meanwhile = () -> {};
        assertThat(state.get(bytes("a"))).isNull();
    }

    @Test
    void a_scan_that_may_have_begun_in_the_middle_is_refused_and_its_cursor_closed() {
        pairs.meanwhile = this::beginInstall;

        assertThatThrownBy(() -> state.scan(bytes(""), bytes("z"), false)).isInstanceOf(IllegalStateException.class);
        assertThat(pairs.open).isZero();
    }

    private void beginInstall() {
        state.beginInstall();
        var deletion = new WriteBatch();
        deletion.delete(StoreKeys.row(GROUP, bytes("a")));
        pairs.write(deletion, false);
    }

    /** Something happens just before each read of a row. */
    private static final class Overtaken implements Pairs {
        private final SimulatedPairs pairs = new SimulatedPairs();
        private Runnable meanwhile = () -> {};
        private int open;

        @Override
        public byte @Nullable [] get(byte[] key) {
            meanwhile.run();
            return pairs.get(key);
        }

        @Override
        public void write(WriteBatch batch, boolean sync) {
            pairs.write(batch, sync);
        }

        @Override
        public Cursor scan(byte[] from, byte[] to, boolean reverse) {
            meanwhile.run();
            open++;
            var cursor = pairs.scan(from, to, reverse);
            return new Cursor() {
                @Override
                public boolean next() {
                    return cursor.next();
                }

                @Override
                public byte[] key() {
                    return cursor.key();
                }

                @Override
                public byte[] value() {
                    return cursor.value();
                }

                @Override
                public void close() {
                    open--;
                }
            };
        }

        @Override
        public Cursor scanOnce(byte[] from, byte[] to) {
            return scan(from, to, false);
        }
    }
}
