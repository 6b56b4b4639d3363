package io.murmuration.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The comparison as people read it: rates are medians over the rounds, latencies are the median of all appends. */
final class AppendTable {
    private AppendTable() {}

    static String head(Path folder) throws IOException {
        return String.format(
                Locale.ROOT,
                """
                %d cores, JDK %s, %s, data on %s
                Three processes each, entries of 1 KiB. Replicated: the journal, a writer waits for its entry. Plain: sockets \
                and fsync, all writers' entries in a frame.

                                  replicated                plain    replicated / plain
                writers   entries/s   p50 ms   entries/s   p50 ms   ratio    min .. max
                """,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                Jvm.COLLECTOR,
                Files.getFileStore(folder));
    }

    /** The rounds of both in the order in which they ran. */
    static String line(int writers, List<AppendRound> journal, List<AppendRound> sockets) {
        var ratios = IntStream.range(0, journal.size())
                .mapToDouble(round -> journal.get(round).entriesPerSecond()
                        / sockets.get(round).entriesPerSecond())
                .summaryStatistics();
        return String.format(
                Locale.ROOT,
                "%7d   %9.0f   %6.2f   %9.0f   %6.2f   %5.2f  %.2f .. %.2f",
                writers,
                rate(journal),
                latencyMillis(journal),
                rate(sockets),
                latencyMillis(sockets),
                rate(journal) / rate(sockets),
                ratios.getMin(),
                ratios.getMax());
    }

    private static double rate(List<AppendRound> rounds) {
        var sorted = rounds.stream()
                .mapToDouble(AppendRound::entriesPerSecond)
                .sorted()
                .toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static double latencyMillis(List<AppendRound> rounds) {
        var all = new Latencies();
        rounds.forEach(round -> all.addAll(round.latencies()));
        return all.medianNanos() / 1e6;
    }
}
