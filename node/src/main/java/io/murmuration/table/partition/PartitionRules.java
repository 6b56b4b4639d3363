package io.murmuration.table.partition;

import io.murmuration.journal.Rows;
import io.murmuration.journal.entity.Decision;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.ItemSize;
import io.murmuration.protocol.table.operation.TableRequest.ReturnValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a partition decides a batch: in order, each request over the rows as its predecessors leave them. Pure: the same rows and batch give the
 * same decision.
 */
public final class PartitionRules {
    private static final int PURGED_ROWS_MAX = 1_000;

    private PartitionRules() {}

    /**
     * @param table the table's id
     * @param changesBytesMax what the changes of all requests together may weigh; the first is decided whatever it weighs. How large an
     *     update makes its item is seen only when it is made, so that the request which weighs too much is taken back
     */
    public static Decision<Outcome> decide(long table, Rows rows, List<Intent> batch, int changesBytesMax) {
        var draft = new Draft(table, rows);
        var outcomes = new ArrayList<Outcome>(batch.size());
        for (var intent : batch) {
            if (draft.bytes() >= changesBytesMax && !outcomes.isEmpty()) {
                break;
            }
            var before = draft.mark();
            var outcome = decide(draft, intent, changesBytesMax);
            if ((intent instanceof Intent.Write || intent instanceof Intent.Recorded)
                    && draft.bytes() > Math.max(changesBytesMax, before.bytes())
                    && !outcomes.isEmpty()) {
                draft.undo(before);
                break;
            }
            outcomes.add(outcome);
        }
        return new Decision<>(draft.changes(), outcomes);
    }

    private static Outcome decide(Draft draft, Intent intent, int changesBytesMax) {
        return switch (intent) {
            case Intent.Write write -> write(draft, write, draft.find(write.rowKey()));
            case Intent.Recorded recorded -> recorded(draft, recorded);
            case Intent.Trim trim ->
                new Outcome.Trimmed(draft.trim(trim.beforeMillis(), PURGED_ROWS_MAX, changesBytesMax));
            case Intent.Close close -> close(draft);
            case Intent.Purge purge -> purge(draft, changesBytesMax);
        };
    }

    /** A write that leaves the item as it was makes no record. */
    private static Outcome recorded(Draft draft, Intent.Recorded recorded) {
        var write = recorded.write();
        var old = draft.find(write.rowKey());
        var revision = draft.state().revision();
        var outcome = write(draft, write, old);
        if (draft.state().revision() > revision) {
            var before = itemOf(old);
            var after = itemOf(draft.find(write.rowKey()));
            if (!Objects.equals(before, after)) {
                draft.record(StreamRecord.of(recorded.recording(), before, after));
            }
        }
        return outcome;
    }

    private static Outcome write(Draft draft, Intent.Write write, @Nullable StoredItem old) {
        if (draft.state().status() != PartitionState.Status.OPEN) {
            return new Outcome.TableClosed();
        }
        var before = old == null ? Map.<String, AttributeValue>of() : old.item();
        var condition = write.condition();
        if (condition != null && !condition.holds(before)) {
            return new Outcome.ConditionFailed(write.showsItemIfConditionFails() && old != null ? before : null);
        }
        try {
            return switch (write) {
                case Intent.Put put -> put(draft, put, old);
                case Intent.Update update -> update(draft, update, old);
                case Intent.Delete delete -> delete(draft, delete, old);
            };
        } catch (ServiceException refused) {
            return new Outcome.Refused(refused.error());
        }
    }

    private static Outcome put(Draft draft, Intent.Put put, @Nullable StoredItem old) {
        ItemSize.checkPut(put.item());
        var stored = draft.store(put.rowKey(), old, put.item());
        var shown = put.returnValues() == ReturnValues.ALL_OLD ? itemOf(old) : null;
        return new Outcome.Written(shown, sizeOf(old), stored.sizeBytes());
    }

    private static Outcome update(Draft draft, Intent.Update intent, @Nullable StoredItem old) {
        var update = intent.update();
        if (old == null && update != null && !update.createsItem()) {
            // "REMOVE" of what does not exist makes no item
            return new Outcome.Written(null, 0, 0);
        }
        var before = old == null ? intent.key() : old.item();
        Map<String, AttributeValue> after;
        if (update == null) {
            after = before;
        } else if (old == null) {
            after = update.applyToMissing(before);
        } else {
            after = update.apply(before);
        }
        ItemSize.checkUpdated(after);
        var stored = draft.store(intent.rowKey(), old, after);
        return new Outcome.Written(shown(intent, old, after), sizeOf(old), stored.sizeBytes());
    }

    private static @Nullable Map<String, AttributeValue> shown(
            Intent.Update intent, @Nullable StoredItem old, Map<String, AttributeValue> after) {
        var update = intent.update();
        return switch (intent.returnValues()) {
            case NONE -> null;
            case ALL_OLD -> itemOf(old);
            case ALL_NEW -> after;
            case UPDATED_OLD -> old == null || update == null ? null : nullIfEmpty(update.updatedOld(old.item()));
            case UPDATED_NEW -> update == null ? null : nullIfEmpty(update.updatedNew(after));
        };
    }

    private static Outcome delete(Draft draft, Intent.Delete delete, @Nullable StoredItem old) {
        if (old == null) {
            return new Outcome.Written(null, 0, 0);
        }
        draft.delete(delete.rowKey(), old);
        var shown = delete.returnValues() == ReturnValues.ALL_OLD ? old.item() : null;
        return new Outcome.Written(shown, old.sizeBytes(), 0);
    }

    private static Outcome close(Draft draft) {
        if (draft.state().status() == PartitionState.Status.OPEN) {
            draft.become(PartitionState.Status.CLOSED);
        }
        return new Outcome.Closed();
    }

    private static Outcome purge(Draft draft, int changesBytesMax) {
        return switch (draft.state().status()) {
            case OPEN -> throw new IllegalStateException("a partition is purged only after it was closed");
            case EMPTIED -> new Outcome.Purged(true);
            case CLOSED -> {
                if (draft.hasChanges()) {
                    // rows written or purged by this very batch are not stored yet: the next purge sees what is left
                    yield new Outcome.Purged(false);
                }
                if (draft.deleteFirst(PURGED_ROWS_MAX, changesBytesMax)) {
                    yield new Outcome.Purged(false);
                }
                draft.trim(Long.MAX_VALUE, PURGED_ROWS_MAX, changesBytesMax);
                if (draft.hasChanges()) {
                    yield new Outcome.Purged(false);
                }
                draft.become(PartitionState.Status.EMPTIED);
                yield new Outcome.Purged(true);
            }
        };
    }

    private static @Nullable Map<String, AttributeValue> itemOf(@Nullable StoredItem stored) {
        return stored == null ? null : stored.item();
    }

    private static int sizeOf(@Nullable StoredItem stored) {
        return stored == null ? 0 : stored.sizeBytes();
    }

    private static @Nullable Map<String, AttributeValue> nullIfEmpty(Map<String, AttributeValue> attributes) {
        return attributes.isEmpty() ? null : attributes;
    }
}
