/**
 * CloudFront's REST-XML interface of 2020-05-31: distributions and invalidations.
 *
 * <p>{@link io.murmuration.protocol.edge.EdgeRequestCodec} makes requests of HTTP, {@link io.murmuration.protocol.edge.EdgeReplyCodec} HTTP of replies.
 * A distribution's configuration is kept as the document that its client sent, completed by CloudFront's defaults; what of it counts here is
 * {@link io.murmuration.protocol.edge.DistributionConfig}. What would count and is not done is refused by
 * {@link io.murmuration.protocol.edge.DistributionChecks}.
 */
@NullMarked
package io.murmuration.protocol.edge;

import org.jspecify.annotations.NullMarked;
