package io.murmuration.simulation;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.AttributeValue.N;
import io.murmuration.protocol.table.AttributeValue.S;
import io.murmuration.protocol.table.DynamoNumber;
import io.murmuration.protocol.table.expression.Expressions;
import io.murmuration.protocol.table.expression.Placeholders;
import io.murmuration.protocol.table.operation.TableRequest.ReturnValues;
import io.murmuration.table.partition.Intent;
import io.murmuration.table.partition.Outcome;
import io.murmuration.table.partition.RowKeys;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client asks of one item, and what the item is to it: a count and the last operation that wrote it. */
sealed interface Operation {
    /** An item as a client sees it. */
    record Item(long count, long lastOperation) {
        static final Item ABSENT = new Item(0, 0);

        static Item of(@Nullable Map<String, AttributeValue> attributes) {
            return attributes == null ? ABSENT : new Item(number(attributes, "n"), number(attributes, "o"));
        }

        private static long number(Map<String, AttributeValue> attributes, String name) {
            return attributes.get(name) instanceof N number
                    ? number.value().value().longValueExact()
                    : 0;
        }
    }

    /** What a client is told: whether its write had effect, and an item. */
    record Answer(boolean written, Item item) {
        static Answer of(Outcome outcome) {
            return switch (outcome) {
                case Outcome.Written written -> new Answer(true, Item.of(written.attributes()));
                case Outcome.ConditionFailed failed -> new Answer(false, Item.of(failed.item()));
                case Outcome.Refused refused -> throw new Violation("a write was refused: " + refused.error());
                case Outcome.TableClosed closed -> throw new Violation("the table was never deleted");
                case Outcome.Closed closed -> throw new Violation("nobody closed the partition");
                case Outcome.Trimmed trimmed -> throw new Violation("nobody trimmed the partition");
                case Outcome.Purged purged -> throw new Violation("nobody purged the partition");
            };
        }
    }

    long id();

    long table();

    int key();

    /** For the production rules. */
    Intent intent();

    /** What it makes of the item, by a model of its own. */
    Item after(Item before);

    /** What it must be answered over this item. */
    Answer answer(Item before);

    /** Counts up. Answered by the new item. */
    record Count(long id, long table, int key) implements Operation {
        @Override
        public Intent intent() {
            return update(this, null);
        }

        @Override
        public Item after(Item before) {
            return new Item(before.count() + 1, id);
        }

        @Override
        public Answer answer(Item before) {
            return new Answer(true, after(before));
        }
    }

    /** Counts up if the count is this. Answered by the new item, or by the one that failed the condition. */
    record CountIf(long id, long table, int key, long expected) implements Operation {
        @Override
        public Intent intent() {
            return update(this, expected);
        }

        @Override
        public Item after(Item before) {
            return holds(before) ? new Item(before.count() + 1, id) : before;
        }

        @Override
        public Answer answer(Item before) {
            return new Answer(holds(before), after(before));
        }

        private boolean holds(Item before) {
            return before.count() == expected && expected > 0;
        }
    }

    /** Replaces the item by one without a count. Answered by the old one. */
    record Put(long id, long table, int key) implements Operation {
        @Override
        public Intent intent() {
            var item = Map.of("k", keyOf(key), "o", number(id));
            return new Intent.Put(row(table, key), item, null, ReturnValues.ALL_OLD, false);
        }

        @Override
        public Item after(Item before) {
            return new Item(0, id);
        }

        @Override
        public Answer answer(Item before) {
            return new Answer(true, before);
        }
    }

    static byte[] row(long table, int key) {
        return RowKeys.hash(table, key);
    }

    private static Intent update(Operation operation, @Nullable Long expected) {
        var values = Placeholders.of(null, Map.of(":one", number(1), ":o", number(operation.id())));
        var condition = expected == null
                ? null
                : Expressions.condition(
                        Expressions.CONDITION, "n = :n", Placeholders.of(null, Map.of(":n", number(expected))));
        return new Intent.Update(
                row(operation.table(), operation.key()),
                Map.of("k", keyOf(operation.key())),
                Expressions.update("ADD n :one SET o = :o", values),
                condition,
                ReturnValues.ALL_NEW,
                true);
    }

    private static AttributeValue keyOf(int key) {
        return new S("k" + key);
    }

    private static AttributeValue number(long number) {
        return new N(DynamoNumber.of(number));
    }
}
