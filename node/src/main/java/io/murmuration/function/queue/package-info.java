/**
 * The durable queue of asynchronous invocations: port {@link io.murmuration.function.queue.AsyncInvocations}, started by {@link
 * io.murmuration.function.queue.QueueNode}.
 *
 * <p>Each shard has a queue, an entity with rows of its own ({@code QueueKeys}); an event is put into any of them, preferably one that is led here. The
 * {@code QueueKeeper} on the shard's leader calls the function and makes the end of each attempt durable.
 *
 * <p>What could go wrong, and why it does not:
 * <ul>
 *   <li><em>An accepted event is lost.</em> It is accepted only when its row is committed and applied; its row goes only by a decision of the queue
 *       after the function had answered, or after it is given up, which is logged. Whoever leads next reads all rows before he goes on.
 *   <li><em>An event waits for ever.</em> A keeper reads every row with a number above the last it has seen, when it takes office, when something may
 *       have been queued, and every few seconds; numbers are applied in order, so that none appears behind it. Times are rows too.
 *   <li><em>An event is delivered twice.</em> That happens: its leader may die, or lose office, between the function's answer and the row's
 *       removal. The request id is the same each time. Two leaders may even call at once, when the old one has not yet heard that it no longer is.
 *   <li><em>One function keeps the others.</em> Each has its own line, they take turns, and of the room for invocations under way none gets more than
 *       its fair share. A function that is throttled rests.
 *   <li><em>Too much is queued.</em> A shard's queue is bounded in events and bytes, and so is what it holds of one function.
 * </ul>
 *
 * <p>Not kept: any order. An event of a function that is deleted is dropped when its turn comes; if another function of the same name has been
 * made by then, that one gets it.
 */
@NullMarked
package io.murmuration.function.queue;

import org.jspecify.annotations.NullMarked;
