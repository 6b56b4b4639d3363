package io.murmuration.function.environment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * How processes of functions are kept from each other and from the machine, and how they end with this process. The one place that starts and ends
 * them; safe for use by many threads. What a machine allows is found out by {@link Isolations}.
 */
public interface Isolation {
    /**
     * @param folder of this environment alone
     * @param output gets what the process writes, appended
     * @param memoryMegabytes the function's memory size
     */
    record Launch(
            List<String> command,
            Path taskRoot,
            Path folder,
            Path output,
            Map<String, String> variables,
            int memoryMegabytes) {}

    /** A started process and all that it started. */
    interface IsolatedProcess {
        long pid();

        /** Done with the exit status: 128 and the signal's number if a signal ended it. */
        CompletionStage<Integer> exit();

        /** Kills it. Does not wait. */
        void kill();

        /** The most memory that it has had; empty where the system does not tell. */
        OptionalLong peakMegabytes();
    }

    /**
     * Starts a process, which takes milliseconds. Fails with an {@link java.io.IOException} whose message says why if it cannot be started, with an
     * {@link IllegalArgumentException} if the system does not take its variables.
     */
    CompletionStage<IsolatedProcess> start(Launch launch);

    /** What is isolated and what is not, for the operator. */
    String words();
}
