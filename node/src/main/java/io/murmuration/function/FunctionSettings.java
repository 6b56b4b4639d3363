package io.murmuration.function;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How functions run on this node.
 *
 * @param folder for code and execution environments; emptied at the start
 * @param region of AWS, that functions believe to be in
 * @param account of AWS, in twelve digits
 * @param endpoint URL at which functions find this node
 * @param concurrencyMax invocations of one function at work or waiting, unless it has its own limit
 * @param instancesMax execution environments of one revision of a function, in the whole cluster
 * @param environmentsMax execution environments on this node
 * @param payloadBytesMax of all payloads of invocations that this node made and that are not answered, together; and of those that wait or are at work for the
 *     functions whose entity it has, wherever they were made
 * @param waitMax how long an invocation waits for an execution environment before it is throttled
 * @param idleMax how long an execution environment waits for its next invocation before it ends
 * @param initTimeout from the start of a process to its first question for work
 */
public record FunctionSettings(
        Path folder,
        String region,
        String account,
        String endpoint,
        int concurrencyMax,
        int instancesMax,
        int environmentsMax,
        long payloadBytesMax,
        Duration waitMax,
        Duration idleMax,
        Duration initTimeout) {
    private static final int LAMBDAS_CONCURRENCY = 1000;

    /** Processes are heavier than cores are many: more of them wait for each other. */
    public static FunctionSettings defaults(Path folder, String endpoint) {
        return new FunctionSettings(
                folder,
                "us-east-1",
                "000000000000",
                endpoint,
                LAMBDAS_CONCURRENCY,
                16,
                64,
                128L << 20,
                Duration.ofSeconds(30),
                Duration.ofMinutes(5),
                Duration.ofSeconds(10));
    }
}
