package io.murmuration.table;

import io.murmuration.journal.Rows;
import io.murmuration.table.partition.PartitionState;
import io.murmuration.table.partition.RowKeys;
import io.murmuration.table.partition.StoredItem;
import java.util.ArrayList;

/** Reads rows of one replica. May wait for the disk. */
final class RowReads {
    /**
     * Bytes of rows in one answer, before the row that exceeds it. Rows are larger than what DynamoDB counts of their items, tiny ones several times;
     * with the largest item on top an answer still is well below what fits into a message between nodes.
     */
    static final int ANSWER_BYTES_MAX = 1 << 20;

    private static final int LENGTHS_BYTES = 2 * Integer.BYTES;

    private RowReads() {}

    static Read.Found read(Rows rows, Read read) {
        var page =
                switch (read) {
                    case Read.Single single -> single(rows, single);
                    case Read.Range range -> range(rows, range);
                };
        // only now: a partition that is open still was not being purged under the walk
        var state = PartitionState.read(rows.get(RowKeys.state(read.table())));
        return state.status() == PartitionState.Status.OPEN ? page : new Read.Gone();
    }

    private static Read.Page single(Rows rows, Read.Single read) {
        var found = new ArrayList<Read.Row>(read.rowKeys().size());
        var examined = 0;
        for (var bytes = 0; examined < read.rowKeys().size() && bytes < ANSWER_BYTES_MAX; examined++) {
            var key = read.rowKeys().get(examined);
            var value = rows.get(key);
            if (value != null) {
                found.add(new Read.Row(key, value));
                bytes += value.length;
            }
        }
        return new Read.Page(found, examined, examined == read.rowKeys().size() ? Read.End.COMPLETE : Read.End.LARGE);
    }

    private static Read.Page range(Rows rows, Read.Range read) {
        var found = new ArrayList<Read.Row>();
        var bytes = 0L;
        var rowBytes = 0;
        try (var walk = rows.scan(read.from(), read.to(), read.reverse())) {
            while (walk.next()) {
                if (rowBytes >= ANSWER_BYTES_MAX) {
                    return new Read.Page(found, found.size(), Read.End.LARGE);
                }
                bytes += StoredItem.sizeOf(walk.value());
                if (bytes > read.bytesMax() && !(read.atLeastOne() && found.isEmpty())) {
                    return new Read.Page(found, found.size(), Read.End.LIMIT);
                }
                var row = new Read.Row(walk.key(), walk.value());
                found.add(row);
                rowBytes += row.bytes() + LENGTHS_BYTES;
                if (found.size() == read.rowsMax()) {
                    return new Read.Page(found, found.size(), Read.End.LIMIT);
                }
            }
        }
        return new Read.Page(found, found.size(), Read.End.COMPLETE);
    }
}
