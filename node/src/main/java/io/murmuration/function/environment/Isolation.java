package io.murmuration.function.environment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * How processes of functions are kept from each other and from the machine. The one place that starts and ends them; safe for use by many threads.
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
    }

    /**
     * Starts a process. Takes milliseconds.
     *
     * @throws IOException if it cannot be started; the message says why
     */
    IsolatedProcess start(Launch launch) throws IOException;

    /** Nothing is isolated: processes run as this one's user, see its files and each other, and memory is not bounded. */
    static Isolation none() {
        return new PlainIsolation();
    }
}
