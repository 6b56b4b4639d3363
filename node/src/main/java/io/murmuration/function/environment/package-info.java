/**
 * Execution environments: operating-system processes that speak Lambda's Runtime API.
 *
 * <p>Port: {@link io.murmuration.function.environment.EnvironmentProtocol} towards the function, {@link
 * io.murmuration.function.environment.Environments} towards the runtimes' HTTP. Actor: one {@code EnvironmentActor} for each process, started by the
 * function it works for. Data: a folder of its own for each, removed with it.
 */
@NullMarked
package io.murmuration.function.environment;

import org.jspecify.annotations.NullMarked;
