package io.murmuration.table;

import java.util.List;

/** What is read of one table's rows in one group. */
sealed interface Read {
    /** The table's id. */
    long table();

    /** Single rows. */
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
     */
    record Page(List<Row> rows, int examined, End end) implements Found {
        /** Whether the walk came to the range's end, or to the last key. */
        boolean complete() {
            return end == End.COMPLETE;
        }
    }

    /** Why a page ended. */
    enum End {
        /** With the range, or the last key. */
        COMPLETE,
        /** With the rows or the size that was asked for. */
        LIMIT,
        /** It had become as large as an answer between nodes may be: what is left is asked again. */
        LARGE
    }

    /** The table was deleted. */
    record Gone() implements Found {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Row(byte[] key, byte[] value) {
        int bytes() {
            return key.length + value.length;
        }
    }

    static long bytesOf(Found found) {
        return found instanceof Page page
                ? page.rows().stream().mapToLong(Row::bytes).sum()
                : 0;
    }
}
