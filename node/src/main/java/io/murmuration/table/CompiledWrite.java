package io.murmuration.table;

import io.murmuration.catalogue.Catalogue.Table;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.ItemSize;
import io.murmuration.protocol.table.KeyRules;
import io.murmuration.protocol.table.expression.Condition;
import io.murmuration.protocol.table.expression.Expressions;
import io.murmuration.protocol.table.expression.Placeholders;
import io.murmuration.protocol.table.expression.UpdateExpression;
import io.murmuration.protocol.table.operation.ExpressionTexts;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.DeleteItem;
import io.murmuration.protocol.table.operation.TableRequest.PutItem;
import io.murmuration.protocol.table.operation.TableRequest.ReturnCapacity;
import io.murmuration.protocol.table.operation.TableRequest.ReturnValues;
import io.murmuration.protocol.table.operation.TableRequest.UpdateItem;
import io.murmuration.protocol.table.operation.TableRequest.Write;
import io.murmuration.table.partition.Intent;
import io.murmuration.table.partition.RowKeys;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A PutItem, UpdateItem or DeleteItem whose expressions are compiled, before it has met its table: as DynamoDB, it is refused for its expressions
 * before it is for a missing table.
 */
record CompiledWrite(
        TableRequest request,
        @Nullable UpdateExpression update,
        @Nullable Condition condition) {
    /** What a request costs in memory besides its item. */
    private static final int OVERHEAD_BYTES = 512;

    /**
     * @param request what other nodes are sent
     * @param recording how the table's stream records it, null if the table has none
     */
    record Routed(TableRequest request, Intent.Write write, Intent.@Nullable Recording recording, int bytes) {
        Intent intent() {
            return recording == null ? write : new Intent.Recorded(write, recording);
        }

        long hash() {
            return RowKeys.hashOf(write.rowKey());
        }
    }

    static CompiledWrite of(PutItem put) {
        return compile(put, put.expressions());
    }

    static CompiledWrite of(UpdateItem update) {
        return compile(update, update.expressions());
    }

    static CompiledWrite of(DeleteItem delete) {
        return compile(delete, delete.expressions());
    }

    /** Of any of the three. */
    static CompiledWrite of(TableRequest request) {
        return switch (request) {
            case PutItem put -> of(put);
            case UpdateItem update -> of(update);
            case DeleteItem delete -> of(delete);
            default -> throw new IllegalArgumentException("no write of one item: " + request.operation());
        };
    }

    /** Of one write of a batch. */
    static CompiledWrite of(String table, Write write) {
        return switch (write) {
            case Write.Put put ->
                of(new PutItem(table, put.item(), ExpressionTexts.NONE, ReturnValues.NONE, false, ReturnCapacity.NONE));
            case Write.Delete delete ->
                of(new DeleteItem(
                        table, delete.key(), ExpressionTexts.NONE, ReturnValues.NONE, false, ReturnCapacity.NONE));
        };
    }

    private static CompiledWrite compile(TableRequest request, ExpressionTexts texts) {
        var placeholders = Placeholders.of(texts.names(), texts.values());
        var update = texts.update() == null ? null : Expressions.update(texts.update(), placeholders);
        var condition = texts.condition() == null
                ? null
                : Expressions.condition(Expressions.CONDITION, texts.condition(), placeholders);
        placeholders.requireAllUsed();
        return new CompiledWrite(request, update, condition);
    }

    /**
     * Checks it against the table.
     *
     * @param millis the time that a record of the change shows, epoch milliseconds
     */
    Routed on(Table table, long millis) {
        var schema = table.schema();
        if (update != null) {
            update.refuseKeyAttributes(schema.keyNames());
            update.requireScalarKeys(schema.keyNames(), "Key");
        }
        if (condition != null) {
            condition.requireScalarKeys(schema.keyNames(), "Key");
        }
        return switch (request) {
            case PutItem put -> {
                KeyRules.checkItem(schema, put.item());
                var rowKey = RowKeys.item(table.id(), schema, put.item());
                yield routed(
                        table,
                        millis,
                        new Intent.Put(
                                rowKey, put.item(), condition, put.returnValues(), put.returnItemIfConditionFails()),
                        put.item());
            }
            case UpdateItem of -> {
                KeyRules.checkKey(schema, of.key());
                var rowKey = RowKeys.item(table.id(), schema, of.key());
                var values = of.expressions().values();
                yield routed(
                        table,
                        millis,
                        new Intent.Update(
                                rowKey,
                                of.key(),
                                update,
                                condition,
                                of.returnValues(),
                                of.returnItemIfConditionFails()),
                        values == null ? of.key() : values);
            }
            case DeleteItem delete -> {
                KeyRules.checkKey(schema, delete.key());
                var rowKey = RowKeys.item(table.id(), schema, delete.key());
                yield routed(
                        table,
                        millis,
                        new Intent.Delete(
                                rowKey, condition, delete.returnValues(), delete.returnItemIfConditionFails()),
                        delete.key());
            }
            default -> throw new IllegalStateException("not a write of one item");
        };
    }

    private Routed routed(Table table, long millis, Intent.Write write, Map<String, AttributeValue> heaviest) {
        var schema = table.schema();
        var view = schema.stream();
        var recording = view == null ? null : new Intent.Recording(view, schema.keyNames(), millis);
        return new Routed(request, write, recording, OVERHEAD_BYTES + ItemSize.of(heaviest));
    }
}
