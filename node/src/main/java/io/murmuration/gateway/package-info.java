/**
 * HTTP APIs: what there are, how they are changed, and which route takes a request.
 *
 * <p>Ports: {@link io.murmuration.gateway.Apis} for changes, {@link io.murmuration.gateway.ServedApis} for requests to APIs, both started by {@link
 * io.murmuration.gateway.GatewayNode}. Data: one resource of the kind API for each, in the catalogue, which holds all of its parts; nothing else is kept.
 * No actor: what is shared is immutable, or a counter.
 *
 * <p>What can go wrong, and what then is true. <i>Two change an API at once</i>: each change is decided on one revision of the resource and is refused if
 * another has been stored meanwhile; it is decided again on that one, a bounded number of times, so that neither is lost. <i>The catalogue does not
 * answer</i>: the change is refused as not done, or its outcome is told to be unknown; it is never repeated then. <i>A node has not heard of a change
 * yet</i>: it serves what it knows; "not found" is said of an API only after the catalogue's barrier. A stage serves the snapshot of one deployment, which
 * is stored in the same resource, so that no request meets half a change. <i>A node dies</i>: requests on their way through it end with their
 * connections; their functions may have been called. Limits of a stage's requests are counted by each node for itself, in memory.
 */
@NullMarked
package io.murmuration.gateway;

import org.jspecify.annotations.NullMarked;
