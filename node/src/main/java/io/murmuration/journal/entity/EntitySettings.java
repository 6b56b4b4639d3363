package io.murmuration.journal.entity;

import java.time.Duration;

/**
 * Bounds of an entity.
 *
 * @param waitingMax requests that wait while a batch is in flight; one more is throttled
 * @param waitingBytesMax their bytes together
 * @param batchMax requests decided together
 * @param changesBytesMax bound of a batch's row changes, unless its first request alone exceeds it: below 1 MiB, with
 *     what an entry takes besides (16 bytes a row, of which a purge changes 1,000), so that a batch delays no heartbeat
 * @param restartPauseMax longest pause before a failed log is started again; the first is a sixteenth of it, each further one doubles
 * @param idleMax an entity that nobody asked for so long is stopped: long against the pauses of a program at work, short against the life of a node
 *     that has seen many tables
 */
public record EntitySettings(
        int waitingMax,
        long waitingBytesMax,
        int batchMax,
        int changesBytesMax,
        Duration restartPauseMax,
        Duration idleMax) {
    public static EntitySettings defaults() {
        return new EntitySettings(4_096, 16L << 20, 256, 900 << 10, Duration.ofMillis(640), Duration.ofMinutes(2));
    }
}
