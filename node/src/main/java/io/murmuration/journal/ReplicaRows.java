package io.murmuration.journal;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A replica's rows as the capabilities see them: without the sections that are the journal's own. */
final class ReplicaRows implements Rows {
    private final ReplicaState state;
    private final Halt halt;

    ReplicaRows(ReplicaState state, Halt halt) {
        this.state = state;
        this.halt = halt;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return sound(() -> new Found(state.get(Keys.row(key)))).value;
    }

    @Override
    public RowCursor scan(byte[] from, byte[] to, boolean reverse) {
        return new OwnKeys(sound(() -> state.scan(Keys.row(from), Keys.row(to), reverse)));
    }

    @Override
    public long sequenceNumber(String persistenceId) {
        return entity(persistenceId).highest();
    }

    EntityRecord entity(String persistenceId) {
        return sound(() -> EntityRecord.read(state.get(Keys.entity(persistenceId))));
    }

    @Override
    public long appliedIndex() {
        return state.appliedIndex();
    }

    @SuppressWarnings("ArrayRecordComponent") // only carries a value that may be null
    private record Found(byte @Nullable [] value) {}

    /** Damage ends the process: the next start finds it again and has the node refilled. */
    <T> T sound(Supplier<T> read) {
        try {
            return read.get();
        } catch (DamagedStoreException damaged) {
            halt.halt("A read met damage; the next start has the node refilled.", damaged);
            throw damaged;
        }
    }

    private final class OwnKeys implements RowCursor {
        private final RowCursor cursor;

        private OwnKeys(RowCursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public boolean next() {
            return sound(cursor::next);
        }

        @Override
        public byte[] key() {
            return Keys.ownKey(cursor.key());
        }

        @Override
        public byte[] value() {
            return cursor.value();
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
