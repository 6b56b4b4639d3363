/**
 * What a viewer's request means to a distribution: which behaviour it falls under, and under which key its response is kept. Pure.
 *
 * <p>Start at {@link io.murmuration.edge.behaviour.Behaviours}.
 */
@NullMarked
package io.murmuration.edge.behaviour;

import org.jspecify.annotations.NullMarked;
