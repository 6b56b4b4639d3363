package io.murmuration.cli.demo;

import io.murmuration.cli.Output;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What the demo ends with.
 *
 * @param table name of the table of strikes
 * @param page where a browser finds the site
 * @param pageByPath the same for whoever cannot resolve the name in it
 * @param kills how many nodes were killed under the writers
 * @param kinds what was done, by its kind
 */
record DemoResult(String table, URI page, URI pageByPath, int kills, Map<Kind, Outcome> kinds) {
    /** What was done while nodes were killed; the words name columns and members of JSON. */
    enum Kind {
        WRITES("writes"),
        REPORTS("reports"),
        EVENTS("events"),
        OBJECTS("objects"),
        /** Not done by a client: what the stream's function made of writes and reports. */
        COUNTED("counted");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** @param longestPause of any writer, between two of its successes; zero where none writes */
    record Outcome(Tally tally, Duration longestPause) {}

    /** What the demo claims: nothing acknowledged is lost, and nothing was done twice. */
    boolean holds() {
        return kinds.values().stream().allMatch(outcome -> outcome.tally().holds());
    }

    List<String> lines() {
        var heads = new ArrayList<>(List.of(""));
        kinds.keySet().forEach(kind -> heads.add(kind.word()));
        var lines = new ArrayList<>(List.of(""));
        lines.addAll(Output.table(
                heads,
                List.of(
                        row("written", outcome -> count(outcome.tally().written())),
                        row("acknowledged", outcome -> count(outcome.tally().acknowledged())),
                        row("outcome unknown", outcome -> count(outcome.tally().unknown())),
                        row("found", outcome -> count(outcome.tally().found())),
                        row("lost", outcome -> count(outcome.tally().lost())),
                        row("done twice", outcome -> count(outcome.tally().doubled())),
                        row("longest pause, s", DemoResult::pause))));
        lines.add(
                holds()
                        ? "Everything that was acknowledged is there, and was counted once, after " + kills + " kills."
                        : "The claim failed: something that was acknowledged is missing, or was done twice.");
        return lines;
    }

    private List<String> row(String name, Function<Outcome, String> cell) {
        var row = new ArrayList<>(List.of(name));
        kinds.values().forEach(outcome -> row.add(cell.apply(outcome)));
        return row;
    }

    private static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String pause(Outcome outcome) {
        return outcome.longestPause().isZero()
                ? "-"
                : String.format(Locale.ROOT, "%.1f", outcome.longestPause().toMillis() / 1000.0);
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("table", table);
        json.put("page", page.toString());
        json.put("pageByPath", pageByPath.toString());
        json.put("kills", kills);
        json.put("holds", holds());
        kinds.forEach((kind, outcome) -> json.put(kind.word(), json(outcome)));
        return json;
    }

    private static Map<String, Object> json(Outcome outcome) {
        var tally = outcome.tally();
        var json = new LinkedHashMap<String, Object>();
        json.put("written", tally.written());
        json.put("acknowledged", tally.acknowledged());
        json.put("outcomeUnknown", tally.unknown());
        json.put("found", tally.found());
        json.put("lost", tally.lost());
        json.put("doneTwice", tally.doubled());
        json.put("longestPauseMillis", outcome.longestPause().toMillis());
        return json;
    }
}
