package io.murmuration.object;

import java.io.IOException;

/** A chunk's file is not what was written. Other copies of the chunk may be whole. */
final class ChunkDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param what a fixed sentence */
    ChunkDamagedException(ChunkId id, String what) {
        super("Chunk " + id + " is damaged: " + what);
    }
}
