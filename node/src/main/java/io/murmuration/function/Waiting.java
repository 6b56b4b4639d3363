package io.murmuration.function;

import io.murmuration.function.FunctionProtocol.Invoke;
import io.murmuration.function.FunctionProtocol.InvokeRefused;
import io.murmuration.function.FunctionProtocol.Invoked;
import io.murmuration.function.environment.InvocationResult;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.function.FailurePayload;
import java.util.Optional;
import org.apache.pekko.util.ByteString;

/** An invocation whose caller is not answered yet. */
record Waiting(Invoke invoke, long sinceNanos) {
    String requestId() {
        return invoke.invocation().requestId();
    }

    void answer(InvocationResult result) {
        invoke.replyTo().tell(new Invoked(result));
    }

    /** The function failed before it was called. */
    void fail(ByteString payload) {
        answer(new InvocationResult(requestId(), payload, Optional.of(FailurePayload.UNHANDLED), Optional.empty()));
    }

    void refuse(ServiceError error) {
        invoke.replyTo().tell(new InvokeRefused(error));
    }
}
