package io.murmuration.function.environment;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * The one thread that starts functions' processes. The kernel's death signal follows the thread that forked, not its process: a thread of a pool that
 * ends because it was idle would take the functions with it that it has started. This one ends with the process.
 */
final class ForkingThread {
    static final Executor EXECUTOR = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("function-forking").daemon(true).factory());

    private ForkingThread() {}
}
