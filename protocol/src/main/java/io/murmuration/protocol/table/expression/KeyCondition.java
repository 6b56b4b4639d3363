package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.expression.KeyClauses.Clause;
import java.util.List;
import java.util.Map;

/**
 * A compiled key condition expression. Immutable.
 *
 * <p>DynamoDB looks at it three times, and reports problems in that order: as any expression (when it is compiled, before the request's other
 * expressions), as a key condition ({@link #requireShape}, after them and before it looks for the table), and against a key ({@link #on}).
 */
public final class KeyCondition {
    private final Predicate predicate;

    KeyCondition(Predicate predicate) {
        this.predicate = predicate;
    }

    /** Refuses what is no conjunction of comparisons of top-level attributes with values, one for each attribute. */
    public void requireShape() {
        KeyClauses.of(predicate);
    }

    /**
     * What it selects by this key. Refuses, besides what {@link #requireShape} refuses: more conditions than the key has attributes, a missing
     * partition key, conditions on other attributes, values of another type than the key's, and anything but equality for the partition key.
     */
    public KeyRange on(KeySchema key) {
        var clauses = KeyClauses.of(predicate);
        if (clauses.size() > key.size()) {
            throw ServiceException.validation("The number of query conditions (" + clauses.size()
                    + ") exceeds the number of key attributes defined in the schema (" + key.size() + ")");
        }
        var partition = clause(clauses, key.partition());
        var sort = key.sort() == null || clauses.size() == 1 ? null : clause(clauses, key.sort());
        requireType(partition, key.partition());
        if (sort != null && key.sort() != null) {
            requireType(sort, key.sort());
        }
        if (!partition.equality()) {
            throw ServiceException.validation("Query key condition not supported");
        }
        return new KeyRange(partition.values().getFirst(), sort == null ? SortRange.WHOLE : sort.range());
    }

    private static Clause clause(Map<String, Clause> clauses, KeySchema.Key key) {
        var clause = clauses.get(key.name());
        if (clause == null) {
            throw ServiceException.validation("Query condition missed key schema element: " + key.name());
        }
        return clause;
    }

    private static void requireType(Clause clause, KeySchema.Key key) {
        for (var value : clause.values()) {
            if (!value.type().equals(key.type())) {
                throw ServiceException.validation("One or more parameter values were invalid: Condition parameter type"
                        + " does not match schema type");
            }
        }
    }

    /** The names of the attributes it asks for, in the order of the text. */
    public List<String> attributes() {
        return List.copyOf(KeyClauses.of(predicate).keySet());
    }
}
