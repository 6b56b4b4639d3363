package io.murmuration.protocol.table.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.operation.ConsumedCapacity;
import io.murmuration.protocol.table.operation.TableReply;
import io.murmuration.protocol.table.operation.TableReply.BatchRead;
import io.murmuration.protocol.table.operation.TableReply.BatchWritten;
import io.murmuration.protocol.table.operation.TableReply.EndpointsDescribed;
import io.murmuration.protocol.table.operation.TableReply.ItemRead;
import io.murmuration.protocol.table.operation.TableReply.ItemWritten;
import io.murmuration.protocol.table.operation.TableReply.ItemsRead;
import io.murmuration.protocol.table.operation.TableReply.LimitsDescribed;
import io.murmuration.protocol.table.operation.TableReply.TableCreated;
import io.murmuration.protocol.table.operation.TableReply.TableDeleted;
import io.murmuration.protocol.table.operation.TableReply.TableDescribed;
import io.murmuration.protocol.table.operation.TableReply.TablesListed;
import io.murmuration.protocol.table.operation.TableRequest.KeysOfTable;
import io.murmuration.protocol.table.operation.TableRequest.Write;
import io.murmuration.protocol.table.operation.TableRequest.WritesOfTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replies as the bodies that clients read. */
public final class TableReplyCodec {
    private final JsonGenerator to;

    private TableReplyCodec(JsonGenerator to) {
        this.to = to;
    }

    public static byte[] encode(TableReply reply) {
        return JsonOutput.bytes(to -> {
            to.writeStartObject();
            new TableReplyCodec(to).write(reply);
            to.writeEndObject();
        });
    }

    private void write(TableReply reply) throws IOException {
        switch (reply) {
            case TableCreated created -> TableDescriptionWriter.write(to, "TableDescription", created.table());
            case TableDescribed described -> TableDescriptionWriter.write(to, "Table", described.table());
            case TableDeleted deleted -> TableDescriptionWriter.write(to, "TableDescription", deleted.table());
            case TablesListed listed -> {
                to.writeArrayFieldStart("TableNames");
                for (var name : listed.names()) {
                    to.writeString(name);
                }
                to.writeEndArray();
                if (listed.last() != null) {
                    to.writeStringField("LastEvaluatedTableName", listed.last());
                }
            }
            case LimitsDescribed limits -> {
                to.writeNumberField("AccountMaxReadCapacityUnits", limits.accountReads());
                to.writeNumberField("AccountMaxWriteCapacityUnits", limits.accountWrites());
                to.writeNumberField("TableMaxReadCapacityUnits", limits.tableReads());
                to.writeNumberField("TableMaxWriteCapacityUnits", limits.tableWrites());
            }
            case EndpointsDescribed endpoints -> {
                to.writeArrayFieldStart("Endpoints");
                to.writeStartObject();
                to.writeStringField("Address", endpoints.address());
                to.writeNumberField("CachePeriodInMinutes", endpoints.cacheMinutes());
                to.writeEndObject();
                to.writeEndArray();
            }
            case ItemWritten written -> {
                values("Attributes", written.attributes());
                capacity(written.capacity());
            }
            case ItemRead read -> {
                values("Item", read.item());
                capacity(read.capacity());
            }
            case ItemsRead page -> write(page);
            case BatchRead batch -> write(batch);
            case BatchWritten batch -> write(batch);
        }
    }

    private void write(ItemsRead page) throws IOException {
        if (page.items() != null) {
            to.writeFieldName("Items");
            items(page.items());
        }
        to.writeNumberField("Count", page.count());
        to.writeNumberField("ScannedCount", page.scanned());
        values("LastEvaluatedKey", page.lastKey());
        capacity(page.capacity());
    }

    private void write(BatchRead batch) throws IOException {
        to.writeObjectFieldStart("Responses");
        for (var found : batch.found().entrySet()) {
            to.writeFieldName(found.getKey());
            items(found.getValue());
        }
        to.writeEndObject();
        to.writeObjectFieldStart("UnprocessedKeys");
        for (var table : batch.unprocessed()) {
            write(table);
        }
        to.writeEndObject();
        capacities(batch.capacity());
    }

    private void write(KeysOfTable table) throws IOException {
        to.writeObjectFieldStart(table.writtenAs());
        to.writeFieldName("Keys");
        items(table.keys());
        to.writeBooleanField("ConsistentRead", table.consistent());
        var expressions = table.expressions();
        if (expressions.projection() != null) {
            to.writeStringField("ProjectionExpression", expressions.projection());
        }
        if (expressions.names() != null) {
            to.writeObjectFieldStart("ExpressionAttributeNames");
            for (var name : expressions.names().entrySet()) {
                to.writeStringField(name.getKey(), name.getValue());
            }
            to.writeEndObject();
        }
        if (expressions.attributesToGet() != null) {
            to.writeArrayFieldStart("AttributesToGet");
            for (var name : expressions.attributesToGet()) {
                to.writeString(name);
            }
            to.writeEndArray();
        }
        to.writeEndObject();
    }

    private void write(BatchWritten batch) throws IOException {
        to.writeObjectFieldStart("UnprocessedItems");
        for (var table : batch.unprocessed()) {
            write(table);
        }
        to.writeEndObject();
        capacities(batch.capacity());
    }

    private void write(WritesOfTable table) throws IOException {
        to.writeArrayFieldStart(table.writtenAs());
        for (var write : table.writes()) {
            to.writeStartObject();
            switch (write) {
                case Write.Put put -> {
                    to.writeObjectFieldStart("PutRequest");
                    values("Item", put.item());
                }
                case Write.Delete delete -> {
                    to.writeObjectFieldStart("DeleteRequest");
                    values("Key", delete.key());
                }
            }
            to.writeEndObject();
            to.writeEndObject();
        }
        to.writeEndArray();
    }

    private void values(String member, @Nullable Map<String, AttributeValue> values) throws IOException {
        if (values != null) {
            to.writeFieldName(member);
            AttributeValueWriter.write(to, values);
        }
    }

    private void items(List<Map<String, AttributeValue>> items) throws IOException {
        to.writeStartArray();
        for (var item : items) {
            AttributeValueWriter.write(to, item);
        }
        to.writeEndArray();
    }

    private void capacities(List<ConsumedCapacity> capacities) throws IOException {
        if (!capacities.isEmpty()) {
            to.writeArrayFieldStart("ConsumedCapacity");
            for (var capacity : capacities) {
                write(capacity);
            }
            to.writeEndArray();
        }
    }

    private void capacity(@Nullable ConsumedCapacity capacity) throws IOException {
        if (capacity != null) {
            to.writeFieldName("ConsumedCapacity");
            write(capacity);
        }
    }

    private void write(ConsumedCapacity capacity) throws IOException {
        to.writeStartObject();
        to.writeStringField("TableName", capacity.table());
        to.writeNumberField("CapacityUnits", capacity.units());
        if (capacity.byIndex()) {
            to.writeObjectFieldStart("Table");
            to.writeNumberField("CapacityUnits", capacity.units());
            to.writeEndObject();
        }
        to.writeEndObject();
    }
}
