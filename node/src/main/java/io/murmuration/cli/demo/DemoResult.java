package io.murmuration.cli.demo;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the demo ends with.
 *
 * @param table name of the table it made
 * @param kills how many nodes were killed under the writers
 * @param longestPause of any writer, between two of its successes
 */
record DemoResult(String table, Tally tally, int kills, Duration longestPause) {
    List<String> lines() {
        return List.of(
                "",
                line("written", tally.written()),
                line("acknowledged", tally.acknowledged()),
                line("outcome unknown", tally.unknown()),
                line("found", tally.found()),
                line("lost", tally.lost()),
                line("done twice", tally.doubled()),
                String.format(Locale.ROOT, "%-22s %,9.1f s", "longest pause", longestPause.toMillis() / 1000.0),
                tally.holds()
                        ? "Every acknowledged write is there, after " + kills + " kills."
                        : "The claim failed: acknowledged writes are missing or were done twice.");
    }

    private static String line(String name, long count) {
        return String.format(Locale.ROOT, "%-22s %,9d", name, count);
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("table", table);
        json.put("written", tally.written());
        json.put("acknowledged", tally.acknowledged());
        json.put("outcomeUnknown", tally.unknown());
        json.put("found", tally.found());
        json.put("lost", tally.lost());
        json.put("doneTwice", tally.doubled());
        json.put("longestPauseMillis", longestPause.toMillis());
        json.put("kills", kills);
        return json;
    }
}
