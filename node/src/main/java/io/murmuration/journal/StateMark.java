package io.murmuration.journal;

import io.murmuration.consensus.Voters;
import io.murmuration.consensus.VotersCodec;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a group's rows contain: everything up to an entry. Stored as {@code version | index (8) | term (8) | voter set, if any | checksum}.
 *
 * @param voters the voter set in force there, null before the first
 */
record StateMark(long index, long term, @Nullable Voters voters) {
    static final StateMark EMPTY = new StateMark(0, 0, null);

    private static final byte VERSION = 1;

    byte[] encode() {
        var set = voters == null ? new byte[0] : VotersCodec.encode(voters);
        return SealedRecord.seal(VERSION, 2 * Long.BYTES + set.length, fields -> fields.putLong(index)
                .putLong(term)
                .put(set));
    }

    static StateMark decode(byte[] record) {
        ByteBuffer fields = SealedRecord.open(record, VERSION, "a group's applied index");
        long index = fields.getLong();
        long term = fields.getLong();
        var set = new byte[fields.remaining()];
        fields.get(set);
        return new StateMark(index, term, set.length == 0 ? null : VotersCodec.decode(set));
    }
}
