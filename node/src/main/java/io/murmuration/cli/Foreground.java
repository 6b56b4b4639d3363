package io.murmuration.cli;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Stays with a started cluster: tells when nodes end or come back, and stops all of them when this command is told to end. */
public final class Foreground implements AutoCloseable {
    private static final Duration GLANCE = Duration.ofMillis(500);

    private final LocalCluster cluster;
    private final Consumer<String> progress;
    private final int exitCode;
    private final Runnable afterwards;
    private final Thread atSignal;

    private Foreground(LocalCluster cluster, Consumer<String> progress, int exitCode, Runnable afterwards) {
        this.cluster = cluster;
        this.progress = progress;
        this.exitCode = exitCode;
        this.afterwards = afterwards;
        this.atSignal = new Thread(this::stop, "stop-nodes");
    }

    /**
     * From now on Ctrl-C and {@code SIGTERM} drain and stop the nodes before this process ends.
     *
     * @param exitCode what it then ends with: a signal breaks off some work, and is the proper end of other
     */
    public static Foreground stopAtSignal(LocalCluster cluster, Consumer<String> progress, int exitCode) {
        return stopAtSignal(cluster, progress, exitCode, () -> {});
    }

    /** @param afterwards what is left to do when a signal has ended the nodes */
    static Foreground stopAtSignal(LocalCluster cluster, Consumer<String> progress, int exitCode, Runnable afterwards) {
        var foreground = new Foreground(cluster, progress, exitCode, afterwards);
        Runtime.getRuntime().addShutdownHook(foreground.atSignal);
        return foreground;
    }

    private void stop() {
        if (!cluster.anyRuns()) {
            afterwards.run();
            return;
        }
        progress.accept("Stopping.");
        var killed = cluster.stop(cluster.endPatience());
        killed.forEach(node -> progress.accept("node " + node.number() + " did not end in time and was killed"));
        progress.accept("Stopped.");
        afterwards.run();
        Runtime.getRuntime().halt(killed.isEmpty() ? exitCode : ExitCodes.FAILED);
    }

    /** Returns when no node runs any more, whoever ended them. */
    int untilAllEnded() {
        var running = numbers();
        // A node that is being started again is gone for a moment: only two looks tell that all have ended.
        for (int silent = 0; silent < 2; silent = running.isEmpty() ? silent + 1 : 0) {
            Deadline.pause(GLANCE);
            var now = numbers();
            running.stream()
                    .filter(node -> !now.contains(node))
                    .forEach(node -> progress.accept("node " + node + " ended"));
            now.stream()
                    .filter(node -> !running.contains(node))
                    .forEach(node -> progress.accept("node " + node + " started"));
            running.clear();
            running.addAll(now);
        }
        progress.accept("No node runs any more.");
        return ExitCodes.OK;
    }

    /** From now on the nodes outlive this process. If it is being ended already, waits for that: what else it would do or say is over. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atSignal);
        } catch (IllegalStateException ending) {
            awaitEnd();
        }
    }

    private void awaitEnd() {
        try {
            atSignal.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<Integer> numbers() {
        var numbers = new HashSet<Integer>();
        cluster.running().forEach(node -> numbers.add(node.number()));
        return numbers;
    }
}
