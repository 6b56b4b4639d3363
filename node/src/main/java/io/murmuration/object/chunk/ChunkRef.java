package io.murmuration.object.chunk;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * A chunk and where its copies are, or are to be.
 *
 * @param bytes count of its bytes, at least 1
 * @param places ids of nodes, at least one
 */
public record ChunkRef(ChunkId id, int bytes, List<Long> places) {
    /** How many copies must be durable. */
    public int majority() {
        return places.size() / 2 + 1;
    }

    /** Stored. */
    public void write(ByteWriter to) {
        to.int64(id.high()).int64(id.low()).int32(bytes).int8(places.size());
        places.forEach(to::int64);
    }

    public static ChunkRef read(ByteReader from) {
        var id = new ChunkId(from.int64(), from.int64());
        int bytes = from.int32();
        var places = new ArrayList<Long>();
        for (int left = from.int8(); left > 0; left--) {
            places.add(from.int64());
        }
        return new ChunkRef(id, bytes, List.copyOf(places));
    }
}
