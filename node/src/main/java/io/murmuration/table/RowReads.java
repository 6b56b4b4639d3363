package io.murmuration.table;

import io.murmuration.journal.Rows;
import io.murmuration.table.partition.PartitionState;
import io.murmuration.table.partition.RowKeys;
import io.murmuration.table.partition.StoredItem;
import java.util.ArrayList;

/** Reads rows of one replica. May wait for the disk. */
final class RowReads {
    private static final int SINGLES_BYTES_MAX = 1 << 20;

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
        for (var bytes = 0; examined < read.rowKeys().size() && bytes < SINGLES_BYTES_MAX; examined++) {
            var key = read.rowKeys().get(examined);
            var value = rows.get(key);
            if (value != null) {
                found.add(new Read.Row(key, value));
                bytes += value.length;
            }
        }
        return new Read.Page(found, examined, examined == read.rowKeys().size());
    }

    private static Read.Page range(Rows rows, Read.Range read) {
        var found = new ArrayList<Read.Row>();
        var bytes = 0L;
        try (var walk = rows.scan(read.from(), read.to(), read.reverse())) {
            while (walk.next()) {
                bytes += StoredItem.sizeOf(walk.value());
                if (bytes > read.bytesMax() && !(read.atLeastOne() && found.isEmpty())) {
                    return new Read.Page(found, found.size(), false);
                }
                found.add(new Read.Row(walk.key(), walk.value()));
                if (found.size() == read.rowsMax()) {
                    return new Read.Page(found, found.size(), false);
                }
            }
        }
        return new Read.Page(found, found.size(), true);
    }
}
