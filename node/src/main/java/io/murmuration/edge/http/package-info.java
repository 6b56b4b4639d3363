/**
 * The CDN over HTTP: its control plane, its viewers, its origins, and the way from one node to another.
 *
 * <p>Start at {@link io.murmuration.edge.http.ViewerAdapter}. A viewer's request comes to some node; the point of presence that is nearest to the viewer
 * may be on another, to which it then goes by HTTP ({@link io.murmuration.edge.http.PresenceClient} asks,
 * {@link io.murmuration.edge.http.PresenceRoute} answers), streamed both ways and signed with the cluster's secret. A guess where a point of presence is
 * may be wrong: whoever is asked answers all the same, standing in for it, and says so.
 */
@NullMarked
package io.murmuration.edge.http;

import org.jspecify.annotations.NullMarked;
