package io.murmuration.function.queue;

import io.murmuration.function.queue.QueueIntent.Enqueue;
import io.murmuration.function.queue.QueueIntent.Outcome;
import io.murmuration.function.queue.QueueIntent.Postpone;
import io.murmuration.function.queue.QueueIntent.Remove;
import io.murmuration.journal.Rows;
import io.murmuration.journal.entity.Decision;
import io.murmuration.journal.entity.RowDraft;
import java.util.ArrayList;
import java.util.List;

/** How a shard's queue decides a batch. Pure. */
final class QueueRules {
    private QueueRules() {}

    static Decision<Outcome> decide(QueueSettings settings, Rows rows, List<QueueIntent> batch, int changesBytesMax) {
        var draft = new RowDraft(rows);
        var outcomes = new ArrayList<Outcome>(batch.size());
        for (var intent : batch) {
            if (!outcomes.isEmpty() && draft.bytes() + bytesOf(intent) > changesBytesMax) {
                break;
            }
            outcomes.add(
                    switch (intent) {
                        case Enqueue enqueue -> enqueue(settings, draft, enqueue);
                        case Remove remove -> remove(draft, remove);
                        case Postpone postpone -> postpone(draft, postpone);
                    });
        }
        return new Decision<>(draft.changes(), outcomes);
    }

    private static int bytesOf(QueueIntent intent) {
        return intent instanceof Enqueue enqueue ? enqueue.payload().length : 0;
    }

    private static Outcome enqueue(QueueSettings settings, RowDraft draft, Enqueue enqueue) {
        var head = enqueue.head();
        var all = state(draft, QueueKeys.counts());
        var ofFunction = QueueKeys.function(head.function().name());
        var own = state(draft, ofFunction);
        if (!own.hasRoom(settings.function(), head.payloadBytes())) {
            return new Outcome.QueueFull(true);
        }
        if (!all.hasRoom(settings.shard(), head.payloadBytes())) {
            return new Outcome.QueueFull(false);
        }
        var number = all.last() + 1;
        draft.put(QueueKeys.counts(), all.queued(number, head.payloadBytes()).toBytes());
        draft.put(ofFunction, own.queued(0, head.payloadBytes()).toBytes());
        draft.put(QueueKeys.head(number), head.toBytes());
        draft.put(QueueKeys.payload(number), enqueue.payload());
        return new Outcome.Queued(number);
    }

    private static Outcome remove(RowDraft draft, Remove remove) {
        var row = draft.get(QueueKeys.head(remove.number()));
        if (row != null) {
            var head = EventHead.read(row);
            var ofFunction = QueueKeys.function(head.function().name());
            var own = state(draft, ofFunction).removed(head.payloadBytes());
            draft.put(
                    QueueKeys.counts(),
                    state(draft, QueueKeys.counts())
                            .removed(head.payloadBytes())
                            .toBytes());
            draft.put(ofFunction, own.events() == 0 ? null : own.toBytes());
            draft.put(QueueKeys.head(remove.number()), null);
            draft.put(QueueKeys.payload(remove.number()), null);
        }
        return new Outcome.Noted();
    }

    private static Outcome postpone(RowDraft draft, Postpone postpone) {
        var row = draft.get(QueueKeys.head(postpone.number()));
        if (row != null) {
            var head = EventHead.read(row).postponed(postpone.dueMillis(), postpone.errors(), postpone.refusals());
            draft.put(QueueKeys.head(postpone.number()), head.toBytes());
        }
        return new Outcome.Noted();
    }

    private static QueueState state(RowDraft draft, byte[] key) {
        return QueueState.read(draft.get(key));
    }
}
