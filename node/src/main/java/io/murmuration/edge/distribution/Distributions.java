package io.murmuration.edge.distribution;

import io.murmuration.protocol.edge.EdgeReply;
import io.murmuration.protocol.edge.EdgeRequest;
import java.util.concurrent.CompletionStage;

/**
 * The port of CloudFront's control plane. Stages fail with {@link io.murmuration.protocol.ServiceException}: with CloudFront's own errors, with
 * {@code UNAVAILABLE} if nothing was done, and with {@code OUTCOME_UNKNOWN} if that is not known.
 */
public interface Distributions {
    /** @param deadlineNanos by the node's clock */
    CompletionStage<EdgeReply> answer(EdgeRequest request, long deadlineNanos);
}
