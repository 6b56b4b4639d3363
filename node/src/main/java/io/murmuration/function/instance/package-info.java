/**
 * Instances of functions: sharded entities, each the owner of one execution environment on the node where it was placed.
 *
 * <p>Port: {@link io.murmuration.function.instance.InstanceProtocol} towards the function's own entity, which starts, uses and ends them. An instance's
 * name says on which process it lives; its shard holds all instances of that process, is placed there and never moved.
 *
 * <p>What may fail, and what follows: an entity may live twice, or be made anew with nothing in it (decision 15). Each start, run and event names the
 * instance or goes to one incarnation of it: an instance that was not started here knows nothing and does nothing. Whatever is lost with a node was
 * soft: its invocations' outcomes are unknown, and their callers are told so.
 */
@NullMarked
package io.murmuration.function.instance;

import org.jspecify.annotations.NullMarked;
