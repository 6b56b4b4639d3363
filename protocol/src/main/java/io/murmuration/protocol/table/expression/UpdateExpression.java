package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A compiled update expression. Immutable. */
public final class UpdateExpression {
    private final Projection touched;
    private final List<DocumentPath> reads;
    private final PathTree<Change> changes;
    private final boolean createsItem;

    /** @param touched the places that it writes to */
    UpdateExpression(Projection touched, List<DocumentPath> reads, PathTree<Change> changes, boolean createsItem) {
        this.touched = touched;
        this.reads = reads;
        this.changes = changes;
        this.createsItem = createsItem;
    }

    /**
     * The item after the update. Every value and every list index refers to the item before it; what is not touched is shared with it.
     *
     * @param before an item that exists
     */
    public Map<String, AttributeValue> apply(Map<String, AttributeValue> before) {
        return new ItemUpdate(before, true).item(changes);
    }

    /**
     * As {@link #apply}, for an item that does not exist yet. Only here may {@code REMOVE} lead through what is not there: the original
     * ignores it for a missing item and refuses it for an existing one.
     *
     * @param key the key attributes
     */
    public Map<String, AttributeValue> applyToMissing(Map<String, AttributeValue> key) {
        return new ItemUpdate(key, false).item(changes);
    }

    /** Whether it makes an item where there is none: an update that only removes does not. */
    public boolean createsItem() {
        return createsItem;
    }

    /** {@code UPDATED_OLD}: of the item before the update, the places that it touches. Empty if there was nothing. */
    public Map<String, AttributeValue> updatedOld(Map<String, AttributeValue> before) {
        return touched.of(before);
    }

    /**
     * {@code UPDATED_NEW}: of the item after the update, the places that it touches. A list index is taken as written, so an element appended
     * beyond the end is left out, and a removed one shows what moved into its place; the original answers so.
     */
    public Map<String, AttributeValue> updatedNew(Map<String, AttributeValue> after) {
        return touched.of(after);
    }

    /** The places it writes to, in the order of the text. */
    public List<DocumentPath> targets() {
        return touched.paths();
    }

    /** The places it reads, in the order of the text. */
    public List<DocumentPath> reads() {
        return reads;
    }

    /** Refuses a change of a key attribute. */
    public void refuseKeyAttributes(Collection<String> keys) {
        for (var target : targets()) {
            if (keys.contains(target.attribute())) {
                throw ServiceException.validation("One or more parameter values were invalid: Cannot update attribute "
                        + target.attribute() + ". This attribute is part of the key");
            }
        }
    }

    /**
     * Refuses a path that leads into a key attribute, written or read.
     *
     * @param what {@code Key} for a table's key, {@code IndexKey} for an index's
     */
    public void requireScalarKeys(Collection<String> keys, String what) {
        Refusals.requireScalars(
                Stream.concat(targets().stream(), reads.stream()).toList(), keys, what);
    }
}
