package io.murmuration.object.chunk;

import java.io.IOException;

/** A chunk's file is not what was written. Other copies of the chunk may be whole. */
public final class ChunkDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param what a fixed sentence */
    ChunkDamagedException(ChunkId id, String what) {
        super("Chunk " + id + " is damaged: " + what);
    }

    /** @param cause why its file cannot be read */
    ChunkDamagedException(ChunkId id, String what, IOException cause) {
        super("Chunk " + id + " is damaged: " + what, cause);
    }
}
