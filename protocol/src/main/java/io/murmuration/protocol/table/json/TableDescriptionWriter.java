package io.murmuration.protocol.table.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.murmuration.protocol.table.TableSchema;
import io.murmuration.protocol.table.TableSchema.Billing;
import io.murmuration.protocol.table.TableSchema.TableClass;
import io.murmuration.protocol.table.operation.StreamArn;
import io.murmuration.protocol.table.operation.TableReply.TableDescription;
import java.io.IOException;
import java.math.BigDecimal;

/** Writes table descriptions. */
final class TableDescriptionWriter {
    private static final int MILLIS_DIGITS = 3;

    private TableDescriptionWriter() {}

    static void write(JsonGenerator to, String member, TableDescription table) throws IOException {
        var schema = table.schema();
        to.writeObjectFieldStart(member);
        writeAttributes(to, schema);
        to.writeStringField("TableName", schema.name());
        to.writeStringField("TableStatus", table.status().name());
        writeTime(to, "CreationDateTime", schema.createdMillis());
        writeThroughput(to, schema.billing());
        to.writeNumberField("TableSizeBytes", table.sizeBytes());
        to.writeNumberField("ItemCount", table.items());
        to.writeStringField("TableArn", table.arn());
        to.writeStringField("TableId", schema.id());
        if (schema.billing().mode() == Billing.Mode.PAY_PER_REQUEST) {
            to.writeObjectFieldStart("BillingModeSummary");
            to.writeStringField("BillingMode", schema.billing().mode().name());
            writeTime(to, "LastUpdateToPayPerRequestDateTime", schema.createdMillis());
            to.writeEndObject();
        }
        if (schema.tableClass() != TableClass.STANDARD) {
            to.writeObjectFieldStart("TableClassSummary");
            to.writeStringField("TableClass", schema.tableClass().name());
            to.writeEndObject();
        }
        writeStream(to, table);
        to.writeBooleanField("DeletionProtectionEnabled", schema.deletionProtection());
        to.writeEndObject();
    }

    private static void writeStream(JsonGenerator to, TableDescription table) throws IOException {
        var view = table.schema().stream();
        if (view != null) {
            to.writeObjectFieldStart("StreamSpecification");
            to.writeBooleanField("StreamEnabled", true);
            to.writeStringField("StreamViewType", view.name());
            to.writeEndObject();
            var stream = StreamArn.of(table.arn(), table.schema());
            to.writeStringField("LatestStreamLabel", stream.label());
            to.writeStringField("LatestStreamArn", stream.text());
        }
    }

    private static void writeAttributes(JsonGenerator to, TableSchema schema) throws IOException {
        to.writeArrayFieldStart("AttributeDefinitions");
        for (var key : schema.keyAttributes()) {
            to.writeStartObject();
            to.writeStringField("AttributeName", key.name());
            to.writeStringField("AttributeType", key.type().name());
            to.writeEndObject();
        }
        to.writeEndArray();
        writeKeySchema(to, schema);
    }

    static void writeKeySchema(JsonGenerator to, TableSchema schema) throws IOException {
        to.writeArrayFieldStart("KeySchema");
        for (var key : schema.keyAttributes()) {
            to.writeStartObject();
            to.writeStringField("AttributeName", key.name());
            to.writeStringField("KeyType", key.equals(schema.partitionKey()) ? "HASH" : "RANGE");
            to.writeEndObject();
        }
        to.writeEndArray();
    }

    private static void writeThroughput(JsonGenerator to, Billing billing) throws IOException {
        to.writeObjectFieldStart("ProvisionedThroughput");
        to.writeNumberField("NumberOfDecreasesToday", 0);
        to.writeNumberField("ReadCapacityUnits", billing.readUnits());
        to.writeNumberField("WriteCapacityUnits", billing.writeUnits());
        to.writeEndObject();
    }

    /** Epoch seconds with milliseconds behind the point, never in scientific notation. */
    static void writeTime(JsonGenerator to, String member, long millis) throws IOException {
        to.writeFieldName(member);
        to.writeNumber(BigDecimal.valueOf(millis, MILLIS_DIGITS).toPlainString());
    }
}
