package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A compiled condition or filter expression. Immutable. */
public final class Condition {
    private final Predicate predicate;

    Condition(Predicate predicate) {
        this.predicate = predicate;
    }

    /** Whether the item meets it. An item that does not exist is an empty map. It never fails. */
    public boolean holds(Map<String, AttributeValue> item) {
        return predicate.holds(item);
    }

    /** The places it reads, in the order of the text. */
    public List<DocumentPath> paths() {
        var paths = new ArrayList<DocumentPath>();
        predicate.paths(paths);
        return List.copyOf(paths);
    }

    /** The names of the attributes it reads or reads into. */
    public Set<String> attributes() {
        var names = new LinkedHashSet<String>();
        paths().forEach(path -> names.add(path.attribute()));
        return names;
    }

    /** As a query's filter it may not read the key attributes of the table or index that is queried. */
    public void refuseKeyAttributes(Collection<String> keys) {
        for (var name : attributes()) {
            if (keys.contains(name)) {
                throw ServiceException.validation(
                        "Filter Expression can only contain non-primary key attributes: Primary key attribute: "
                                + name);
            }
        }
    }

    /**
     * Refuses a path that leads into a key attribute.
     *
     * @param what {@code Key} for a table's key, {@code IndexKey} for an index's
     */
    public void requireScalarKeys(Collection<String> keys, String what) {
        Refusals.requireScalars(paths(), keys, what);
    }
}
