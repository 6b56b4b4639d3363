package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.ServiceException;
import java.util.List;

/**
 * Compiles DynamoDB's expressions. Each method fails with {@link ServiceException} carrying DynamoDB's own message, and marks the names and
 * values that the expression uses.
 *
 * <p>Compile a request's expressions in this order, as the original does: key condition or update, then condition or filter, then projection;
 * then call {@link Placeholders#requireAllUsed}.
 */
public final class Expressions {
    /** Kinds of conditions, by the request's parameter. */
    public static final String CONDITION = "ConditionExpression";

    public static final String FILTER = "FilterExpression";
    static final String KEY_CONDITION = "KeyConditionExpression";
    static final String UPDATE = "UpdateExpression";
    static final String PROJECTION = "ProjectionExpression";

    private static final SyntaxCache<Syntax.Condition> CONDITIONS = new SyntaxCache<>();
    private static final SyntaxCache<List<Syntax.Change>> UPDATES = new SyntaxCache<>();
    private static final SyntaxCache<List<Syntax.Path>> PROJECTIONS = new SyntaxCache<>();

    private Expressions() {}

    /** @param kind {@link #CONDITION} or {@link #FILTER}: how messages call it */
    public static Condition condition(String kind, String text, Placeholders placeholders) {
        return new Condition(predicate(kind, text, placeholders));
    }

    public static KeyCondition keyCondition(String text, Placeholders placeholders) {
        return new KeyCondition(predicate(KEY_CONDITION, text, placeholders));
    }

    private static Predicate predicate(String kind, String text, Placeholders placeholders) {
        var syntax = CONDITIONS.get(text, unparsed -> ConditionParser.parse(kind, unparsed));
        return new ConditionBinder(new Binder(kind, placeholders)).bind(syntax);
    }

    public static UpdateExpression update(String text, Placeholders placeholders) {
        var syntax = UPDATES.get(text, unparsed -> UpdateParser.parse(UPDATE, unparsed));
        return new UpdateBinder(new Binder(UPDATE, placeholders)).bind(syntax);
    }

    public static Projection projection(String text, Placeholders placeholders) {
        var syntax = PROJECTIONS.get(text, unparsed -> ProjectionParser.parse(PROJECTION, unparsed));
        var binder = new Binder(PROJECTION, placeholders);
        return Projection.of(PROJECTION, syntax.stream().map(binder::path).toList());
    }
}
