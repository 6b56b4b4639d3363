package io.murmuration.trigger;

import io.murmuration.journal.Rows;
import io.murmuration.journal.entity.Decision;
import io.murmuration.journal.entity.RowDraft;
import io.murmuration.table.StreamFeed;
import io.murmuration.trigger.CursorIntent.Move;
import io.murmuration.trigger.CursorIntent.Outcome;
import io.murmuration.trigger.CursorIntent.Tell;
import java.util.ArrayList;
import java.util.List;

/** How the cursors of a shard decide a batch. Pure: they see the rows of their shard, among them what its tables' last changes are. */
final class CursorRules {
    private CursorRules() {}

    static Decision<Outcome> decide(Rows rows, List<CursorIntent> batch) {
        var draft = new RowDraft(rows);
        var outcomes = new ArrayList<Outcome>(batch.size());
        for (var intent : batch) {
            outcomes.add(
                    switch (intent) {
                        case Tell tell -> tell(rows, draft, tell);
                        case Move move -> move(draft, move);
                    });
        }
        return new Decision<>(draft.changes(), outcomes);
    }

    private static Outcome tell(Rows rows, RowDraft draft, Tell tell) {
        var key = Cursor.key(tell.mapping());
        var now = Cursor.read(draft.get(key));
        if (now == null) {
            var after = tell.fromLatest() ? StreamFeed.latest(rows, tell.table()) : 0;
            var made = new Cursor(tell.status(), tell.fence(), after, 0, 0, tell.nowMillis());
            draft.put(key, made.toBytes());
            return Outcome.DONE;
        }
        if (now.status() == Cursor.Status.CLOSED || tell.fence() < now.fence()) {
            return now.status() == tell.status() ? Outcome.DONE : Outcome.TOO_LATE;
        }
        if (tell.fence() > now.fence() || tell.status() != now.status()) {
            draft.put(key, now.told(tell.status(), tell.fence()).toBytes());
        }
        return Outcome.DONE;
    }

    private static Outcome move(RowDraft draft, Move move) {
        var key = Cursor.key(move.mapping());
        var now = Cursor.read(draft.get(key));
        if (now == null || now.status() == Cursor.Status.CLOSED || now.after() != move.from()) {
            return Outcome.TOO_LATE;
        }
        draft.put(
                key,
                now.moved(move.to(), move.until(), move.failures(), move.nowMillis())
                        .toBytes());
        return Outcome.DONE;
    }
}
