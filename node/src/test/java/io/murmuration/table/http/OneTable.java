package io.murmuration.table.http;

import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.TableError;
import io.murmuration.protocol.table.json.DynamoErrors;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableReply.ItemRead;
import io.murmuration.protocol.table.operation.TableReply.ItemWritten;
import io.murmuration.protocol.table.operation.TableReply.TablesListed;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.GetItem;
import io.murmuration.protocol.table.operation.TableRequest.ListTables;
import io.murmuration.protocol.table.operation.TableRequest.PutItem;
import io.murmuration.table.Tables;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** A port with one table, {@code birds}, whose key is {@code id} and whose conditions all fail. */
final class OneTable implements Tables {
    private final Map<AttributeValue, Map<String, AttributeValue>> items = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<TableReply> answer(TableRequest request, long deadlineNanos) {
        return switch (request) {
            case ListTables list -> CompletableFuture.completedStage(new TablesListed(List.of("birds"), null));
            case PutItem put -> put(put);
            case GetItem get ->
                CompletableFuture.completedStage(
                        new ItemRead(items.get(get.key().get("id")), null));
            default -> throw new IllegalStateException("not in this test: " + request);
        };
    }

    private CompletionStage<TableReply> put(PutItem put) {
        if (!put.table().equals("birds")) {
            return CompletableFuture.failedStage(new ServiceException(
                    new ServiceError(TableError.RESOURCE_NOT_FOUND, "Requested resource not found")));
        }
        if (put.expressions().condition() != null) {
            return CompletableFuture.failedStage(new ServiceException(DynamoErrors.conditionFailed(null)));
        }
        items.put(put.item().get("id"), put.item());
        return CompletableFuture.completedStage(new ItemWritten(null, null));
    }
}
