package io.murmuration.trigger;

import io.murmuration.journal.Rows;
import io.murmuration.journal.entity.Decision;
import io.murmuration.journal.entity.Entity;
import java.util.List;

/** The cursors of all mappings in one shard: the only writer of their rows. */
record ShardCursors(int group) implements Entity<CursorIntent, CursorIntent.Outcome> {
    @Override
    public String persistenceId() {
        return "triggers@" + group;
    }

    @Override
    public Decision<CursorIntent.Outcome> decide(Rows rows, List<CursorIntent> batch, int changesBytesMax) {
        return CursorRules.decide(rows, batch);
    }
}
