/**
 * What distributions there are: the control plane, and what each node knows of it.
 *
 * <p>Port: {@link io.murmuration.edge.distribution.Distributions}. Distributions and invalidations are resources of the catalogue, as
 * {@link io.murmuration.edge.distribution.StoredDistribution} and {@link io.murmuration.edge.distribution.StoredInvalidation} write them, changed by
 * comparing and setting. {@link io.murmuration.edge.distribution.Sites} is this node's view of them, ready for viewers.
 *
 * <p><b>When a change is everywhere.</b> A distribution is {@code InProgress} until every node has answered that it works by this change, and so is an
 * invalidation until every node has made its points of presence forget. {@link io.murmuration.edge.distribution.Rollout} asks them, on the node that
 * leads the catalogue's group: each node reads the catalogue behind a barrier, takes over its distributions, applies the invalidations that it has not
 * applied yet, and only then answers. What fails: a node that does not answer is asked again; nothing is noted as done meanwhile. A leader that ends is
 * followed by another, which finds what is open in the catalogue; two that ask at once do no harm, for a node applies an invalidation once and noting is
 * comparing and setting.
 *
 * <p><b>Points of presence that move.</b> Caches are in memory. One that starts is empty, and what it fetches is fetched after its start; an invalidation
 * that it was not asked about was made before, so that it has nothing to forget. It is in its node's list before it fetches anything; a node applies an
 * invalidation to all in the list. What was being fetched then is not kept.
 *
 * <p><b>Nodes that are gone.</b> A node that is no member of the cluster any more is not waited for: its process is gone with its caches, or learns of it
 * and ends (see {@code cluster.membership}). Until it has learnt of it, a viewer that reaches such a node still gets what it keeps.
 */
@NullMarked
package io.murmuration.edge.distribution;

import org.jspecify.annotations.NullMarked;
