package io.murmuration.journal.leveldb;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One implementation of LevelDB, raw: calls after {@link #close} are the caller's fault and may end the process. */
interface Engine {
    byte @Nullable [] get(byte[] key) throws IOException;

    void write(WriteBatch batch, boolean sync) throws IOException;

    /** Pairs in {@code [from, to)}; {@code cached} is whether the blocks read stay in the block cache. */
    EngineCursor scan(byte[] from, byte[] to, boolean reverse, boolean cached) throws IOException;

    void close() throws IOException;

    /** As {@link Cursor}, with the engine's own failures. */
    interface EngineCursor {
        boolean next() throws IOException;

        byte[] key();

        byte[] value();

        void close();
    }
}
