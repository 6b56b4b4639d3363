package io.murmuration.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Rounds of the journal and of the plain sockets in turn, so that both meet the same disk in the same mood. Hosts the leaders of both; the followers
 * are processes of their own and end with it.
 */
@Command(
        name = "ReplicatedAppend",
        mixinStandardHelpOptions = true,
        description = "Compare the replicated append of 1 KiB entries with plain sockets and fsync.")
final class AppendComparison implements Callable<Integer> {
    private static final List<Integer> WRITERS = List.of(1, 16, 64);

    @Option(names = "--seconds", defaultValue = "2", description = "Length of a round (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--rounds",
            defaultValue = "4",
            description = "Rounds of each for each number of writers (default: ${DEFAULT-VALUE}).")
    private int rounds;

    AppendComparison() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new AppendComparison()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        var folder = Files.createTempDirectory("replicated-append");
        try (var journal = AppendCluster.start(folder);
                var sockets = new PlainLeader(folder)) {
            System.out.print(AppendTable.head(folder));
            var plain = new PlainLoad(sockets);
            System.out.println(
                    "\nThe writers' entries gathered by one entity into an append, as a table's partition does:");
            run(new JournalLoad(journal, true), plain);
            System.out.println("\nEach writer's entry an append of its own, to an entity of its own:");
            run(new JournalLoad(journal, false), plain);
        } finally {
            delete(folder);
        }
        return 0;
    }

    private void run(AppendLoad journal, AppendLoad sockets) throws Exception {
        compare(WRITERS.getLast(), journal, sockets); // warms both up
        for (int writers : WRITERS) {
            System.out.println(compare(writers, journal, sockets));
        }
    }

    private String compare(int writers, AppendLoad journal, AppendLoad sockets) throws Exception {
        var ofJournal = new ArrayList<AppendRound>();
        var ofSockets = new ArrayList<AppendRound>();
        for (var round = 0; round < rounds; round++) {
            ofJournal.add(journal.run(writers, Duration.ofSeconds(seconds)));
            ofSockets.add(sockets.run(writers, Duration.ofSeconds(seconds)));
        }
        return AppendTable.line(writers, ofJournal, ofSockets);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
