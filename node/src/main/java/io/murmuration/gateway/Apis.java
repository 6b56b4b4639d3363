package io.murmuration.gateway;

import io.murmuration.protocol.gateway.GatewayReply;
import io.murmuration.protocol.gateway.GatewayRequest;
import java.util.concurrent.CompletionStage;

/** The port for whoever makes and changes APIs. Any thread. */
public interface Apis {
    /**
     * Does what the request asks for. A change is durable when the stage completes. The stage fails with a {@link
     * io.murmuration.protocol.ServiceException}: of {@link io.murmuration.protocol.gateway.GatewayErrors}; {@code UNAVAILABLE} if nothing was done;
     * {@code OUTCOME_UNKNOWN} if that is not known.
     */
    CompletionStage<GatewayReply> answer(GatewayRequest request, long deadlineNanos);
}
