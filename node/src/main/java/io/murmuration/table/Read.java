package io.murmuration.table;

import java.util.List;

/** What is read of one table's rows in one group. */
sealed interface Read {
    /** The table's id. */
    long table();

    /** Single rows. A page ends early when it has become large: what is left is asked again. */
    record Single(long table, List<byte[]> rowKeys) implements Read {}

    /**
     * Rows of a range {@code [from, to)} in order.
     *
     * @param rowsMax the walk ends with this row, at least 1
     * @param bytesMax the walk ends before the item that exceeds this size, as DynamoDB counts it
     * @param atLeastOne whether the first item is read even if it exceeds that
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Range(long table, byte[] from, byte[] to, boolean reverse, int rowsMax, long bytesMax, boolean atLeastOne)
            implements Read {}

    /** What was found. */
    sealed interface Found {}

    /**
     * @param rows those that exist, in order
     * @param examined how many of the single keys were looked at
     * @param complete whether the walk came to the range's end, or to the last key
     */
    record Page(List<Row> rows, int examined, boolean complete) implements Found {}

    /** The table was deleted. */
    record Gone() implements Found {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(byte[] key, byte[] value) {}
}
