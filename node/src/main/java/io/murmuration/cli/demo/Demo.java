package io.murmuration.cli.demo;

import io.murmuration.base.Clock;
import io.murmuration.cli.CommandFailed;
import io.murmuration.cli.Deadline;
import io.murmuration.cli.LocalCluster;
import io.murmuration.cli.LocalNode;
import io.murmuration.cli.NodeHealth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;

/** The story: load, ask, then write through all nodes while the one that leads most is killed, twice, and read everything back. */
final class Demo {
    private static final int LOADERS = 4;
    private static final int PUT_WRITERS = 4;
    private static final int KILLS = 2;
    private static final Duration BEFORE_KILL = Duration.ofSeconds(4);
    private static final Duration WITHOUT_NODE = Duration.ofSeconds(4);
    private static final int SUCCESSES_WANTED = 5;
    private static final Duration RECOVERY_PATIENCE = Duration.ofSeconds(30);

    private final LocalCluster cluster;
    private final Consumer<String> progress;
    private final Clock clock;
    private final long startNanos;

    Demo(LocalCluster cluster, Consumer<String> progress, Clock clock) {
        this.cluster = cluster;
        this.progress = progress;
        this.clock = clock;
        this.startNanos = clock.nanos();
    }

    DemoResult run() {
        var endpoints = cluster.nodes().stream().map(LocalNode::endpoint).toList();
        try (var clients = new Clients(endpoints)) {
            var table = StrikeTable.create(clients.at(0));
            tell("Created the table " + table.name()
                    + ": partition key airport, sort key report (flight date and number).");
            var reports = StrikeReport.readAll();
            load(clients, table, reports);
            new Questions(clients, table, this::tell).ask();
            var airports =
                    reports.stream().map(StrikeReport::airport).distinct().toList();
            return strike(clients, table, airports);
        } catch (SdkException e) {
            throw CommandFailed.failed(
                    "The demo broke off; the cluster stays as it is (murmur status, murmur logs): " + e.getMessage());
        }
    }

    private void load(Clients clients, StrikeTable table, List<StrikeReport> reports) {
        tell(String.format(
                Locale.ROOT,
                "Loading %,d bird strike reports, with %d clients, %d a request.",
                reports.size(),
                LOADERS,
                StrikeTable.BATCH_MAX));
        var started = clock.nanos();
        var load = new Load(reports, done -> tell(String.format(Locale.ROOT, "  %,6d written", done)));
        inParallel(LOADERS, loader -> {
            load.run(batch -> table.write(clients.at(loader), batch));
            return true;
        });
        var seconds = (clock.nanos() - started) / 1e9;
        tell(String.format(
                Locale.ROOT,
                "  in %.1f s: %,.0f reports a second, each on the disks of a majority.",
                seconds,
                reports.size() / seconds));
    }

    private DemoResult strike(Clients clients, StrikeTable table, List<String> airports) {
        var writers = writers(clients, table, airports);
        tell("Writing through all nodes: " + PUT_WRITERS
                + " clients put new reports, 2 raise revisions on condition, 1 adds to a counter.");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            writers.forEach(threads::execute);
            try {
                for (int kill = 0; kill < KILLS; kill++) {
                    Deadline.pause(BEFORE_KILL);
                    killAndRestart(writers);
                }
                Deadline.pause(BEFORE_KILL);
            } finally {
                writers.forEach(Writer::end);
            }
        }
        tell("Writers ended. Reading everything back, consistently.");
        var tally = Tally.sum(
                writers.stream().map(writer -> writer.check(clients.at(0))).toList());
        var longestPause = writers.stream()
                .map(Writer::longestPause)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        return new DemoResult(table.name(), tally, KILLS, longestPause);
    }

    private List<Writer> writers(Clients clients, StrikeTable table, List<String> airports) {
        var writers = new ArrayList<Writer>();
        for (int number = 0; number < PUT_WRITERS; number++) {
            writers.add(new PutWriter(clients, number, clock, table, airports));
        }
        writers.add(new RevisionWriter(clients, 0, clock, table, airports.get(1)));
        writers.add(new RevisionWriter(clients, 1, clock, table, airports.get(2)));
        writers.add(new CounterWriter(clients, 2, clock, table, airports.get(3)));
        return writers;
    }

    private void killAndRestart(List<Writer> writers) {
        var victim = leaderOfMost();
        var led = victim.health().map(NodeHealth::shardsLed).orElse(0);
        victim.kill();
        writers.forEach(writer -> writer.pauses().watch());
        tell("kill -9 node " + victim.number() + ", which led " + led + " shards.");
        var recovery = Deadline.after(clock, RECOVERY_PATIENCE);
        // An answer that was on its way when the node died proves nothing; several do.
        if (!recovery.await(
                () -> writers.stream().allMatch(writer -> writer.pauses().watchedSuccesses() >= SUCCESSES_WANTED))) {
            throw CommandFailed.failed("Some writer did not succeed within " + RECOVERY_PATIENCE.toSeconds()
                    + " s after node " + victim.number() + " was killed: see murmur status and murmur logs.");
        }
        Deadline.pause(WITHOUT_NODE);
        var pause = writers.stream()
                .map(writer -> writer.pauses().watchedPause(clock.nanos()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        tell(String.format(
                Locale.ROOT,
                "  all writers went on without it; the longest pause of any was %.1f s.",
                pause.toMillis() / 1e3));
        var took = victim.restart();
        tell(String.format(
                Locale.ROOT, "Restarted node %d, ready after %.1f s.", victim.number(), took.toMillis() / 1000.0));
    }

    private LocalNode leaderOfMost() {
        return cluster.nodes().stream()
                .max(Comparator.comparingInt(
                        node -> node.health().map(NodeHealth::shardsLed).orElse(-1)))
                .orElseThrow();
    }

    /** Runs the work for the numbers from 0 on side by side, and returns what each came to. */
    static <T> List<T> inParallel(int count, Function<Integer, T> work) {
        try (var threads = Executors.newFixedThreadPool(count)) {
            var results = new ArrayList<T>();
            var running = IntStream.range(0, count)
                    .mapToObj(number -> threads.submit(() -> work.apply(number)))
                    .toList();
            for (var result : running) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailed.failed("Interrupted.");
        }
    }

    private void tell(String line) {
        progress.accept(String.format(Locale.ROOT, "%5.1f s  %s", (clock.nanos() - startNanos) / 1e9, line));
    }
}
