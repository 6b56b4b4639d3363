package io.murmuration.protocol.table.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.AttributeValue.B;
import io.murmuration.protocol.table.AttributeValue.BS;
import io.murmuration.protocol.table.AttributeValue.Bool;
import io.murmuration.protocol.table.AttributeValue.L;
import io.murmuration.protocol.table.AttributeValue.M;
import io.murmuration.protocol.table.AttributeValue.N;
import io.murmuration.protocol.table.AttributeValue.NS;
import io.murmuration.protocol.table.AttributeValue.Null;
import io.murmuration.protocol.table.AttributeValue.S;
import io.murmuration.protocol.table.AttributeValue.SS;
import java.io.IOException;
import java.util.Map;

/** Writes attribute values in DynamoDB's JSON. */
final class AttributeValueWriter {
    private AttributeValueWriter() {}

    static void write(JsonGenerator to, Map<String, AttributeValue> values) throws IOException {
        to.writeStartObject();
        for (var entry : values.entrySet()) {
            to.writeFieldName(entry.getKey());
            write(to, entry.getValue());
        }
        to.writeEndObject();
    }

    static void write(JsonGenerator to, AttributeValue value) throws IOException {
        to.writeStartObject();
        to.writeFieldName(value.type());
        switch (value) {
            case S s -> to.writeString(s.value());
            case N n -> to.writeString(n.value().toString());
            case B b -> to.writeBinary(b.value().bytes());
            case Bool b -> to.writeBoolean(b.value());
            case Null n -> to.writeBoolean(true);
            case L l -> {
                to.writeStartArray();
                for (var element : l.values()) {
                    write(to, element);
                }
                to.writeEndArray();
            }
            case M m -> write(to, m.values());
            case SS ss -> {
                to.writeStartArray();
                for (var member : ss.values()) {
                    to.writeString(member);
                }
                to.writeEndArray();
            }
            case NS ns -> {
                to.writeStartArray();
                for (var member : ns.values()) {
                    to.writeString(member.toString());
                }
                to.writeEndArray();
            }
            case BS bs -> {
                to.writeStartArray();
                for (var member : bs.values()) {
                    to.writeBinary(member.bytes());
                }
                to.writeEndArray();
            }
        }
        to.writeEndObject();
    }
}
