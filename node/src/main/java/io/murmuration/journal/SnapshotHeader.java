package io.murmuration.journal;

import io.murmuration.consensus.Voters;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot holds: the rows of a group with everything up to an entry.
 *
 * @param voters the voter set in force there, null before the first
 */
public record SnapshotHeader(
        int group, long index, long term, @Nullable Voters voters) {
    StateMark mark() {
        return new StateMark(index, term, voters);
    }
}
