/**
 * S3 over HTTP. {@link io.murmuration.object.http.ObjectAdapter} speaks to clients; {@link io.murmuration.object.http.ChunkRoutes} and {@link
 * io.murmuration.object.http.ChunkClient} carry chunks between nodes, as streams, signed with the cluster's secret.
 */
@NullMarked
package io.murmuration.object.http;

import org.jspecify.annotations.NullMarked;
