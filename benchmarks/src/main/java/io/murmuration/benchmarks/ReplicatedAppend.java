package io.murmuration.benchmarks;

import java.io.IOException;
import java.util.List;

/**
 * Compares the replicated append on three processes with plain sockets that fsync on all three. {@code --seconds} and {@code --rounds} are those of
 * {@link AppendComparison}, which runs in a process of its own so that it has the flags of the others.
 */
public final class ReplicatedAppend {
    private ReplicatedAppend() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var process = Jvm.running(AppendComparison.class, List.of(arguments))
                .inheritIO()
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        System.exit(process.waitFor());
    }
}
