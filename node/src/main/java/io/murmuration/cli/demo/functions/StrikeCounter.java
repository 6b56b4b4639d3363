package io.murmuration.cli.demo.functions;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Called with what changes in the table of strikes: keeps how many there are of each species. */
public final class StrikeCounter {
    private static final int ATTEMPTS = 20;

    private final Tables tables = new Tables(ATTEMPTS);
    private final String counts = Environment.variable("COUNTS");

    /** Called by the runtime. A batch of which it does not know that it is counted fails, and comes again. */
    public Map<String, Object> handle(Map<String, Object> event) {
        CountRules.bySpecies(Json.objects(event, "Records")).forEach(this::count);
        return Map.of();
    }

    private void count(String species, List<CountRules.Change> changes) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var last = last(species);
            var step = CountRules.after(last, changes);
            if (step.isEmpty() || write(species, last, step)) {
                return;
            }
        }
        throw new IllegalStateException("Others keep counting " + species + ".");
    }

    private String last(String species) {
        var found = tables.call(
                "GetItem",
                Map.of("TableName", counts, "Key", Map.of("species", Tables.text(species)), "ConsistentRead", true));
        return Tables.value(Json.object(found, "Item"), "lastCounted");
    }

    /** Whether it was this call that counted them: another may, or this one at an attempt that was not answered. */
    private boolean write(String species, String last, CountRules.Step step) {
        var added = Map.of(":strikes", Tables.number(step.strikes()), ":now", Tables.text(step.last()));
        try {
            tables.call(
                    "UpdateItem",
                    Map.of(
                            "TableName",
                            counts,
                            "Key",
                            Map.of("species", Tables.text(species)),
                            "UpdateExpression",
                            "ADD strikes :strikes SET lastCounted = :now",
                            "ConditionExpression",
                            last.isEmpty() ? "attribute_not_exists(lastCounted)" : "lastCounted = :before",
                            "ExpressionAttributeValues",
                            last.isEmpty() ? added : with(added, ":before", last)));
            return true;
        } catch (TableRefusedException refused) {
            if (refused.isConditionFailed()) {
                return false;
            }
            throw refused;
        }
    }

    private static Map<String, Object> with(Map<String, Map<String, Object>> values, String name, String text) {
        var more = new HashMap<String, Object>(values);
        more.put(name, Tables.text(text));
        return more;
    }
}
