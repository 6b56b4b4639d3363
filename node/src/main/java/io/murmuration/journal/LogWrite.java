package io.murmuration.journal;

import io.murmuration.consensus.Entry;
import io.murmuration.consensus.HardState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change of one group's log on its way to the disk. */
sealed interface LogWrite {
    GroupLog log();

    /** Payload that it holds in memory while it waits. */
    default long sizeBytes() {
        return 0;
    }

    /** Whether somebody waits for it. */
    default boolean isUrgent() {
        return true;
    }

    record Persist(GroupLog log, @Nullable HardState hardState, List<Entry> append, Runnable durable)
            implements LogWrite {
        @Override
        public long sizeBytes() {
            long size = 0;
            for (var entry : append) {
                size += entry.payload().length;
            }
            return size;
        }
    }

    /** Goes with the next batch that somebody waits for. */
    record Truncate(GroupLog log, LogStart start) implements LogWrite {
        @Override
        public boolean isUrgent() {
            return false;
        }
    }

    record Reset(GroupLog log, HardState hardState, LogStart start, Runnable durable) implements LogWrite {}

    record Cure(GroupLog log, Runnable durable) implements LogWrite {}
}
