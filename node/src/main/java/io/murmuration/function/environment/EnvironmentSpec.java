package io.murmuration.function.environment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What an execution environment runs.
 *
 * @param command program and arguments
 * @param taskRoot the unpacked code, which is also the working directory
 * @param variables environment variables, all but those that differ between environments
 * @param version of the function, as the log names it
 * @param initTimeout from the start of the process to its first question for work
 * @param timeout of an invocation
 */
public record EnvironmentSpec(
        List<String> command,
        Path taskRoot,
        Map<String, String> variables,
        String version,
        int memoryMegabytes,
        Duration initTimeout,
        Duration timeout) {}
