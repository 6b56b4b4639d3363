/**
 * Where points of presence are, and which of them is near a viewer.
 *
 * <p>A point of presence is an entity of Pekko Cluster Sharding, a shard of its own, which {@link io.murmuration.edge.placement.RegionAllocation} puts on
 * a node of its region. Its actor holds its place in the list of the node ({@link io.murmuration.edge.presence.Presences}), by which viewers reach it
 * without a message. {@link io.murmuration.edge.placement.Whereabouts} asks where one is, and remembers it for a while.
 */
@NullMarked
package io.murmuration.edge.placement;

import org.jspecify.annotations.NullMarked;
