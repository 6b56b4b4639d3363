/**
 * Object storage. The port is {@link io.murmuration.object.Objects}; {@link io.murmuration.object.ObjectNode} starts it.
 *
 * <p>Buckets are resources of the catalogue. What a bucket has is told by its index ({@link io.murmuration.object.index}), durable entities in the
 * shards; the bytes of all but small objects are in chunks ({@link io.murmuration.object.chunk}), files on as many nodes as there are replicas. Behind the
 * requests the leader of each shard collects garbage, tells events and looks for missing copies ({@link io.murmuration.object.Chores}), and each
 * node walks over its own files ({@link io.murmuration.object.Scrubber}).
 */
@NullMarked
package io.murmuration.object;

import org.jspecify.annotations.NullMarked;
