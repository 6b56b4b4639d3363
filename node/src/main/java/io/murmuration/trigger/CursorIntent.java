package io.murmuration.trigger;

import java.util.UUID;

/** What the cursors of a shard can be asked to do. Each may be repeated. */
sealed interface CursorIntent {
    UUID mapping();

    /**
     * Tells a cursor what to do, and makes it if there is none.
     *
     * @param fence revision of the mapping on which this was decided
     * @param table id of the table
     * @param fromLatest where a new one begins: behind the last change of now, or at the first
     */
    record Tell(UUID mapping, long fence, Cursor.Status status, long table, boolean fromLatest, long nowMillis)
            implements CursorIntent {}

    /**
     * Moves a cursor that still is where the mover takes it to be.
     *
     * @param from where it is
     * @param to where it shall be; {@code from} if the batch is to be tried again
     */
    record Move(UUID mapping, long from, long to, long until, int failures, long nowMillis) implements CursorIntent {}

    /** What became of it. */
    enum Outcome {
        DONE,
        /** It was told something newer before, or is elsewhere. Nothing was changed. */
        TOO_LATE
    }
}
