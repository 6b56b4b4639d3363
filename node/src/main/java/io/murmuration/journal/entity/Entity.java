package io.murmuration.journal.entity;

import io.murmuration.journal.Rows;
import java.util.List;

/**
 * What is durable under one persistence id, as rules: requests of type {@code I} are decided into replies of type {@code R}.
 *
 * <p>Pure: the same rows and batch give the same decision. Time, ids and randomness are part of the requests.
 */
public interface Entity<I, R> {
    /** Ends in {@code @group}, so that the journal finds its group. */
    String persistenceId();

    /**
     * Decides the requests of a batch in order, each over the rows as its predecessors leave them.
     *
     * @param changesBytesMax bound of the changes' keys and values: a request that would exceed it ends the batch and is decided in a later one,
     *     as is whatever follows it. The first is always decided: what alone is too large for the log is refused by the log.
     */
    Decision<R> decide(Rows rows, List<I> batch, int changesBytesMax);
}
