package io.murmuration.protocol.table.expression;

import org.jspecify.annotations.Nullable;

/**
 * The key that a query asks by: a table's or an index's.
 *
 * @param sort null if there is none
 */
public record KeySchema(Key partition, @Nullable Key sort) {
    /**
     * A key attribute.
     *
     * @param type {@code S}, {@code N} or {@code B}
     */
    public record Key(String name, String type) {}

    public static KeySchema of(Key partition) {
        return new KeySchema(partition, null);
    }

    int size() {
        return sort == null ? 1 : 2;
    }
}
