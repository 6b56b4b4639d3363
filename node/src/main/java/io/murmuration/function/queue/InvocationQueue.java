package io.murmuration.function.queue;

import io.murmuration.function.queue.QueueIntent.Outcome;
import io.murmuration.journal.Rows;
import io.murmuration.journal.entity.Decision;
import io.murmuration.journal.entity.Entity;
import java.util.List;

/** The queue of one shard: the only writer of its rows. */
record InvocationQueue(int group, QueueSettings settings) implements Entity<QueueIntent, Outcome> {
    @Override
    public String persistenceId() {
        return "invocations@" + group;
    }

    @Override
    public Decision<Outcome> decide(Rows rows, List<QueueIntent> batch, int changesBytesMax) {
        return QueueRules.decide(settings, rows, batch, changesBytesMax);
    }
}
