/**
 * Distributions, points of presence, the HTTP cache.
 *
 * <p>{@link io.murmuration.edge.caching} decides by RFC 9111 what is stored and reused, {@link io.murmuration.edge.behaviour} what a viewer's
 * request means to a distribution, and {@link io.murmuration.edge.presence} is the cache of one point of presence. Data: in memory only.
 */
@NullMarked
package io.murmuration.edge;

import org.jspecify.annotations.NullMarked;
