package io.murmuration.journal;

import io.murmuration.consensus.Voters;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot holds: the rows of a group with everything up to an entry.
 *
 * @param voters the voter set in force there, null before the first
 */
public record SnapshotHeader(
        int group, long index, long term, @Nullable Voters voters) {
    /** Reads a whole stream as {@link SnapshotExport} makes it, and keeps nothing of it. Fails if anything in it is wrong or missing. */
    public static SnapshotHeader verify(InputStream stream) throws IOException {
        return SnapshotReader.verify(stream);
    }

    StateMark mark() {
        return new StateMark(index, term, voters);
    }
}
