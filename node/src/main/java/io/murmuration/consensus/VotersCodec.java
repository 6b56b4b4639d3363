package io.murmuration.consensus;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Stored form of {@link Voters}: version (1 byte), then voters, then learners, each as a count (2 bytes) and node ids (8 bytes), ascending. */
public final class VotersCodec {
    private static final byte VERSION = 1;

    private VotersCodec() {}

    public static byte[] encode(Voters voters) {
        var size = 1
                + 2
                + 2
                + Long.BYTES * (voters.voters().size() + voters.learners().size());
        var bytes = ByteBuffer.allocate(size).put(VERSION);
        put(bytes, voters.voters());
        put(bytes, voters.learners());
        return bytes.array();
    }

    /** @throws IllegalArgumentException if these bytes are no voter set of a known version */
    public static Voters decode(byte[] encoded) {
        var bytes = ByteBuffer.wrap(encoded);
        if (encoded.length < 5 || bytes.get() != VERSION) {
            throw new IllegalArgumentException("not a voter set of a known version");
        }
        var voters = new Voters(get(bytes), get(bytes));
        if (bytes.hasRemaining()) {
            throw new IllegalArgumentException("bytes behind a voter set");
        }
        return voters;
    }

    private static void put(ByteBuffer bytes, NavigableSet<Long> ids) {
        bytes.putShort((short) ids.size());
        ids.forEach(bytes::putLong);
    }

    private static NavigableSet<Long> get(ByteBuffer bytes) {
        var count = Short.toUnsignedInt(bytes.getShort());
        if (bytes.remaining() < count * Long.BYTES) {
            throw new IllegalArgumentException("a voter set is cut off");
        }
        var ids = new TreeSet<Long>();
        for (var i = 0; i < count; i++) {
            ids.add(bytes.getLong());
        }
        return Collections.unmodifiableNavigableSet(ids);
    }
}
