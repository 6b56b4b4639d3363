/**
 * Functions: their code, run on this node.
 *
 * <p>Port: {@link io.murmuration.function.Functions}, started by {@link io.murmuration.function.FunctionNode}. What functions there are is asked of
 * {@link io.murmuration.function.Deployments}. Actors: one {@code FunctionHost}, below it a {@code FunctionActor} for each revision of a function
 * that is in use, below that one for each execution environment, see {@link io.murmuration.function.environment}. Data: a folder that is emptied at
 * each start; nothing in it is worth keeping.
 */
@NullMarked
package io.murmuration.function;

import org.jspecify.annotations.NullMarked;
