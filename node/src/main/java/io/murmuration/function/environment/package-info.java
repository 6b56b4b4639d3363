/**
 * Execution environments: operating-system processes that speak Lambda's Runtime API.
 *
 * <p>Port: {@link io.murmuration.function.environment.EnvironmentProtocol} towards the function, {@link
 * io.murmuration.function.environment.RuntimeDoors} towards the runtimes' HTTP. Actor: one {@code EnvironmentActor} for each process, started by the
 * function it works for. Data: a folder of its own for each, removed with it.
 *
 * <p>A process ends with its node even if both are busy and the node is killed: see {@link io.murmuration.function.environment.Wrapping}. What is left of
 * it: a node that dies in the milliseconds in which bubblewrap sets its process up leaves one behind that ends when it first asks for work, and, where
 * there are control groups, at the node's next start.
 */
@NullMarked
package io.murmuration.function.environment;

import org.jspecify.annotations.NullMarked;
