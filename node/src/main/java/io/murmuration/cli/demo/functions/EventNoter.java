package io.murmuration.cli.demo.functions;

import java.util.Map;

/** Called with an id: notes it. Once more does no harm. */
public final class EventNoter {
    private static final int ATTEMPTS = 20;

    private final Tables tables = new Tables(ATTEMPTS);
    private final String events = Environment.variable("EVENTS");

    /** Called by the runtime. */
    public Map<String, Object> handle(Map<String, Object> event) {
        tables.call(
                "PutItem", Map.of("TableName", events, "Item", Map.of("event", Tables.text(Json.text(event, "id")))));
        return Map.of();
    }
}
