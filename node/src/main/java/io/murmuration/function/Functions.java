package io.murmuration.function;

import io.murmuration.function.environment.InvocationResult;
import io.murmuration.protocol.function.FunctionName;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;

/** The port of functions on this node. Any thread. */
public interface Functions {
    /**
     * A call that waits for its answer.
     *
     * @param payload JSON, at most 6 MiB
     * @param traceId of X-Ray; empty if there is none
     * @param clientContext JSON; empty if there is none
     * @param wantsLog whether the end of the log is asked for
     * @param requestId under which the function sees it, a UUID; empty for a new one. Whoever calls again for the same request gives it again
     */
    record Call(
            FunctionName function,
            ByteString payload,
            String traceId,
            String clientContext,
            boolean wantsLog,
            String requestId) {
        /** A new request. */
        public Call(FunctionName function, ByteString payload, String traceId, String clientContext, boolean wantsLog) {
            this(function, payload, traceId, clientContext, wantsLog, "");
        }
    }

    /** @param version that was executed */
    record Answer(InvocationResult result, String version) {}

    /**
     * Invokes a function and waits for its answer, however it ends: an error of the function is an answer. The stage fails with a {@link
     * io.murmuration.protocol.ServiceException} if the function does not exist, is throttled, or if its code cannot be unpacked: then it was not
     * called. If it fails with {@code OUTCOME_UNKNOWN}, the function may have been called.
     */
    CompletionStage<Answer> invoke(Call call);
}
