/**
 * The cache of one point of presence: what it keeps, one fetch for all who wait, invalidation.
 *
 * <p>Port: {@link io.murmuration.edge.presence.PointOfPresence}. It asks an {@link io.murmuration.edge.presence.Origin}. No actor: a hit reads the
 * {@code CacheStore} directly, and a miss joins a {@code Fill}. Data: in memory only, bounded by {@link io.murmuration.edge.presence.CacheLimits}.
 */
@NullMarked
package io.murmuration.edge.presence;

import org.jspecify.annotations.NullMarked;
