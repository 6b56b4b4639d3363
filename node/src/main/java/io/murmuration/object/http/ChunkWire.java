package io.murmuration.object.http;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.object.chunk.ChunkId;
import io.murmuration.object.chunk.ChunkRef;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.apache.pekko.util.ByteString;

/** Requests for chunks between nodes. Of one release. */
final class ChunkWire {
    static final String PATH = "/_murmur/chunks/";
    /** CRC32C of the bytes that are given, in hexadecimal. */
    static final String SUM = "X-Murmur-Sum";

    /** Of the CRC32C behind the bytes of a chunk that is written: its node compares before it keeps them. */
    static final int SUM_BYTES = 4;

    static final String DELETE = "delete";
    static final String MISSING = "missing";
    static final String REPAIR = "repair";
    /** Of a request that is no chunk. */
    static final int LIST_BYTES_MAX = 1 << 20;

    private ChunkWire() {}

    static ByteString ids(List<ChunkId> chunks) {
        var to = new ByteWriter(chunks.size() * 16 + 4).int32(chunks.size());
        chunks.forEach(chunk -> to.int64(chunk.high()).int64(chunk.low()));
        return ByteString.fromArrayUnsafe(to.toBytes());
    }

    static List<ChunkId> ids(ByteString bytes) {
        var from = new ByteReader(bytes.toArrayUnsafe());
        var chunks = new ArrayList<ChunkId>();
        for (int left = from.count(); left > 0; left--) {
            chunks.add(new ChunkId(from.int64(), from.int64()));
        }
        return chunks;
    }

    static ByteString ref(ChunkRef chunk) {
        var to = new ByteWriter(64);
        chunk.write(to);
        return ByteString.fromArrayUnsafe(to.toBytes());
    }

    static ChunkRef ref(ByteString bytes) {
        return ChunkRef.read(new ByteReader(bytes.toArrayUnsafe()));
    }

    static ByteString sumBytes(int sum) {
        return ByteString.fromArrayUnsafe(new ByteWriter(SUM_BYTES).int32(sum).toBytes());
    }

    /** @param bytes as many as {@link #SUM_BYTES} */
    static int readSum(ByteString bytes) {
        return new ByteReader(bytes.toArrayUnsafe()).int32();
    }

    static int sum(ByteString bytes) {
        var crc = new CRC32C();
        crc.update(bytes.toArrayUnsafe());
        return (int) crc.getValue();
    }
}
