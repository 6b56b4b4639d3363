package io.murmuration.function.queue;

import io.murmuration.protocol.function.FunctionName;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;

/** The port of the durable queue of invocations that nobody waits for. Any thread. */
public interface AsyncInvocations {
    /** As Lambda's limit for the invocation type Event. */
    int PAYLOAD_BYTES_MAX = 1 << 20;

    /**
     * An invocation to be made.
     *
     * @param function that exists, as far as the caller knows; what is queued for one that does not is dropped when its turn comes
     * @param payload JSON, at most {@link #PAYLOAD_BYTES_MAX}
     * @param traceId of X-Ray; empty if there is none
     * @param clientContext JSON; empty if there is none
     */
    record Event(FunctionName function, ByteString payload, String traceId, String clientContext) {}

    /**
     * Queues an event. Completes, with the request id under which the function will see it, only when it is durable on a majority of a shard's
     * replicas: from then on it is delivered at least once, whichever nodes die. In no order with others.
     *
     * <p>Fails with {@link io.murmuration.protocol.ServiceException}: {@code REQUEST_TOO_LARGE}; {@code TOO_MANY_REQUESTS} if the queue is full;
     * {@code UNAVAILABLE} if it surely was not queued; {@code OUTCOME_UNKNOWN} if it may have been.
     *
     * @param deadlineNanos by the node's clock
     */
    CompletionStage<String> enqueue(Event event, long deadlineNanos);
}
