package io.murmuration.table;

import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableRequest;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** The port of tables on this node: any node answers any request, asking the node that leads the item's shard where that is another. Any thread. */
public interface Tables {
    /**
     * Answers the request. The stage fails with a {@link io.murmuration.protocol.ServiceException} if it is refused, was surely without effect, or has
     * an unknown outcome.
     *
     * @param deadlineNanos by the node's clock; what is dequeued later is dropped
     */
    CompletionStage<TableReply> answer(TableRequest request, long deadlineNanos);

    /**
     * The same for large replies: what the reply holds in memory is accounted for until it was used.
     *
     * @param on runs the use
     */
    default <R> CompletionStage<R> answer(
            TableRequest request, long deadlineNanos, Function<TableReply, R> use, Executor on) {
        return answer(request, deadlineNanos).thenApplyAsync(use, on);
    }
}
