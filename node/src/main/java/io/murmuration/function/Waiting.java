package io.murmuration.function;

import io.murmuration.function.FunctionProtocol.InvokeFunction;
import io.murmuration.function.FunctionProtocol.Invoked;
import io.murmuration.function.FunctionProtocol.Refused;
import io.murmuration.function.instance.InstanceProtocol;
import io.murmuration.protocol.ErrorCodes;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.function.FailurePayload;
import org.apache.pekko.util.ByteString;

/**
 * An invocation whose caller is not answered yet. Each of the ways to answer it ends what it takes of the node's room.
 *
 * @param room that its payload takes a part of
 */
record Waiting(InvokeFunction call, long sinceNanos, Room room) {
    private static final byte[] NO_LOG = new byte[0];

    InstanceProtocol.Run run() {
        return new InstanceProtocol.Run(
                call.requestId(), call.arn(), call.payload(), call.traceId(), call.clientContext(), call.wantsLog());
    }

    void answer(InstanceProtocol.Finished finished) {
        forget();
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
        forget();
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
        forget();
        refuse(call, error);
    }

    static void refuse(InvokeFunction call, ServiceError error) {
        call.replyTo().tell(new Refused(call.call(), ErrorCodes.name(error.code()), error.message(), error.details()));
    }

    /** Nobody will answer it any more. */
    void forget() {
        room.giveBack(call.payload().length);
    }
}
