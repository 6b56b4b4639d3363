package io.murmuration.table;

import io.murmuration.protocol.table.operation.StreamReply;
import io.murmuration.protocol.table.operation.StreamRequest;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * The change streams of tables, as DynamoDB Streams defines them. A stream has a shard for each group; a record is written with the change that it
 * tells of, so that it is durable when the change is, and survives whatever that survives. A shard's records are in the order of their changes, and
 * all changes of one item are in one shard.
 *
 * <p>Safe for use by many threads.
 */
public interface Streams {
    /**
     * Answers a request. Fails with {@link io.murmuration.protocol.ServiceException} if it is refused; none changes anything, so that every one may be
     * repeated.
     *
     * @param deadlineNanos when whoever asked no longer waits, as {@link System#nanoTime()} tells time
     * @param use what becomes of the reply, whose memory is counted until then
     * @param on where that runs
     */
    <R> CompletionStage<R> answer(StreamRequest request, long deadlineNanos, Function<StreamReply, R> use, Executor on);
}
