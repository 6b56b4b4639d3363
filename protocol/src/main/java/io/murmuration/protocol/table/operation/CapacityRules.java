package io.murmuration.protocol.table.operation;

/**
 * How many capacity units a read or write consumes. Sizes are {@link io.murmuration.protocol.table.ItemSize bytes of items}. Source: developer
 * guide, "DynamoDB read and write operations".
 */
public final class CapacityRules {
    private static final int READ_UNIT_BYTES = 4096;
    private static final int WRITE_UNIT_BYTES = 1024;

    private CapacityRules() {}

    /**
     * Units for reading one item, or for a page of a query or scan, whose items count together. A missing item costs as much as a small one.
     *
     * @param bytes size of the item, or of all items examined; 0 if there were none
     */
    public static double read(long bytes, boolean consistent) {
        var units = Math.max(1, ceilDiv(bytes, READ_UNIT_BYTES));
        return consistent ? units : units / 2.0;
    }

    /**
     * Units for a put, update or delete: the larger of the item before and after counts.
     *
     * @param oldBytes size before, 0 if there was no item
     * @param newBytes size after, 0 if there is no item
     */
    public static double write(long oldBytes, long newBytes) {
        return Math.max(1, ceilDiv(Math.max(oldBytes, newBytes), WRITE_UNIT_BYTES));
    }

    private static long ceilDiv(long bytes, long unit) {
        return (bytes + unit - 1) / unit;
    }
}
