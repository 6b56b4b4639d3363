package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.TableSchema.KeyAttribute;
import io.murmuration.protocol.table.expression.KeyClauses.Clause;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
     * What it selects by the key of a table or an index. Refuses, besides what {@link #requireShape} refuses: more conditions than the key has
     * attributes, a missing partition key, conditions on other attributes, values of another type than the key's, and anything but equality
     * for the partition key.
     *
     * @param sortKey null if the key has none
     */
    public KeyRange on(KeyAttribute partitionKey, @Nullable KeyAttribute sortKey) {
        var clauses = KeyClauses.of(predicate);
        int attributes = sortKey == null ? 1 : 2;
        if (clauses.size() > attributes) {
            throw ServiceException.validation("The number of query conditions (" + clauses.size()
                    + ") exceeds the number of key attributes defined in the schema (" + attributes + ")");
        }
        var partition = clause(clauses, partitionKey);
        var sort = sortKey == null || clauses.size() == 1 ? null : clause(clauses, sortKey);
        requireType(partition, partitionKey);
        if (sortKey != null && sort != null) {
            requireType(sort, sortKey);
        }
        if (!partition.equality()) {
            throw ServiceException.validation("Query key condition not supported");
        }
        return new KeyRange(partition.values().getFirst(), sort == null ? SortRange.WHOLE : sort.range());
    }

    private static Clause clause(Map<String, Clause> clauses, KeyAttribute key) {
        var clause = clauses.get(key.name());
        if (clause == null) {
            throw ServiceException.validation("Query condition missed key schema element: " + key.name());
        }
        return clause;
    }

    private static void requireType(Clause clause, KeyAttribute key) {
        for (var value : clause.values()) {
            if (!key.type().is(value)) {
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
