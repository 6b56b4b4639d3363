package io.murmuration.journal.entity;

import java.time.Duration;

/**
 * Bounds of an entity.
 *
 * @param waitingMax requests that wait while a batch is in flight; one more is throttled
 * @param waitingBytesMax their bytes together
 * @param batchMax requests decided together
 * @param changesBytesMax soft bound of a batch's row changes: with one more item of 400 KB an entry of the log stays below 1 MiB
 * @param restartPauseMax longest pause before a failed log is started again; the first is a sixteenth of it, each further one doubles
 */
public record EntitySettings(
        int waitingMax, long waitingBytesMax, int batchMax, int changesBytesMax, Duration restartPauseMax) {
    public static EntitySettings defaults() {
        return new EntitySettings(4_096, 16L << 20, 256, 500 << 10, Duration.ofMillis(640));
    }
}
