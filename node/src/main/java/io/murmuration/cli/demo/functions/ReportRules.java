package io.murmuration.cli.demo.functions;

import java.util.LinkedHashMap;
import java.util.Map;

/** Which reports of strikes are taken. Pure. */
final class ReportRules {
    private static final int CHARACTERS_MAX = 80;

    private ReportRules() {}

    /**
     * The report with all that is kept of it.
     *
     * @param id for a report that has none of its own; one that has may be sent again without being there twice
     * @throws IllegalArgumentException if something is missing, too long, or not a date
     */
    static Map<String, Object> report(Map<String, Object> sent, String id) {
        var date = needed(sent, "date");
        if (!date.matches("\\d{4}-\\d{2}-\\d{2}")) {
            throw new IllegalArgumentException("date");
        }
        var own = optional(sent, "report");
        var report = new LinkedHashMap<String, Object>();
        report.put("species", needed(sent, "species"));
        report.put("report", date + "#" + (own.isEmpty() ? id : own));
        report.put("airport", needed(sent, "airport"));
        var note = optional(sent, "note");
        if (!note.isEmpty()) {
            report.put("note", note);
        }
        return report;
    }

    private static String needed(Map<String, Object> sent, String name) {
        var value = optional(sent, name);
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name);
        }
        return value;
    }

    private static String optional(Map<String, Object> sent, String name) {
        var value = Json.text(sent, name).strip();
        if (value.length() > CHARACTERS_MAX) {
            throw new IllegalArgumentException(name);
        }
        return value;
    }
}
