package io.murmuration.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.journal.RowChange;
import io.murmuration.journal.Rows;
import io.murmuration.journal.entity.FakeJournal.FakeRows;
import io.murmuration.table.partition.Intent;
import io.murmuration.table.partition.PartitionRules;
import io.murmuration.table.partition.RowKeys;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowReadsTest {
    private static final long TABLE = 7;
    private static final Read.Range ALL =
            new Read.Range(TABLE, RowKeys.items(TABLE), RowKeys.items(TABLE + 1), false, 10, 1_000, true);

    private static final byte[] ROW = ByteBuffer.allocate(20).put((byte) 1).array();

    private final FakeRows rows = new FakeRows();

    @Test
    void a_closed_partition_is_gone_though_rows_are_left() {
        rows.change(List.of(new RowChange(RowKeys.hash(TABLE, 1), ROW)));
        close();

        assertThat(RowReads.read(rows, ALL)).isEqualTo(new Read.Gone());
        assertThat(RowReads.read(rows, new Read.Single(TABLE, List.of(RowKeys.hash(TABLE, 1)))))
                .isEqualTo(new Read.Gone());
    }

    @Test
    void a_partition_that_is_closed_and_purged_under_a_walk_is_gone_and_not_half_of_it() {
        var closing = new Rows() {
            @Override
            public byte @Nullable [] get(byte[] key) {
                return rows.get(key);
            }

            @Override
            public RowCursor scan(byte[] from, byte[] to, boolean reverse) {
                close();
                return rows.scan(from, to, reverse);
            }

            @Override
            public long sequenceNumber(String persistenceId) {
                return 0;
            }

            @Override
            public long appliedIndex() {
                return 0;
            }
        };

        assertThat(RowReads.read(closing, ALL)).isEqualTo(new Read.Gone());
    }

    private void close() {
        rows.change(PartitionRules.decide(TABLE, rows, List.of(new Intent.Close()), 1_000)
                .changes());
    }
}
