package io.murmuration.function;

import io.murmuration.function.FunctionProtocol.InvokeFunction;
import io.murmuration.function.FunctionProtocol.Invoked;
import io.murmuration.function.FunctionProtocol.Refused;
import io.murmuration.function.instance.InstanceProtocol;
import io.murmuration.protocol.ErrorCodes;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.function.FailurePayload;
import org.apache.pekko.util.ByteString;

/** An invocation whose caller is not answered yet. */
record Waiting(InvokeFunction call, long sinceNanos) {
    private static final byte[] NO_LOG = new byte[0];

    InstanceProtocol.Run run() {
        return new InstanceProtocol.Run(
                call.requestId(), call.arn(), call.payload(), call.traceId(), call.clientContext(), call.wantsLog());
    }

    void answer(InstanceProtocol.Finished finished) {
        call.replyTo()
                .tell(new Invoked(
                        call.call(),
                        finished.requestId(),
                        finished.payload(),
                        finished.functionError(),
                        finished.hasLog(),
                        finished.log()));
    }

    /** The function failed before it was called. */
    void fail(ByteString payload) {
        call.replyTo()
                .tell(new Invoked(
                        call.call(),
                        call.requestId(),
                        payload.toArrayUnsafe(),
                        FailurePayload.UNHANDLED,
                        false,
                        NO_LOG));
    }

    void refuse(ServiceError error) {
        call.replyTo().tell(new Refused(call.call(), ErrorCodes.name(error.code()), error.message(), error.details()));
    }
}
