package io.murmuration.table.partition;

import io.murmuration.journal.Rows;
import io.murmuration.journal.entity.Decision;
import io.murmuration.journal.entity.Entity;
import java.util.List;

/** One partition of a table: the only writer of the table's rows in one group. */
public record TablePartition(long table, int group) implements Entity<Intent, Outcome> {
    @Override
    public String persistenceId() {
        return "table|" + table + "@" + group;
    }

    @Override
    public Decision<Outcome> decide(Rows rows, List<Intent> batch, int changesBytesMax) {
        return PartitionRules.decide(table, rows, batch, changesBytesMax);
    }
}
