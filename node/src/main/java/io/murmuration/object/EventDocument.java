package io.murmuration.object;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.murmuration.object.index.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What a function receives of an event. Source: S3 user guide, "Event message structure", version 2.1. */
final class EventDocument {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private EventDocument() {}

    static byte[] encode(StoredEvent event, String region) {
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeArrayFieldStart("Records");
            json.writeStartObject();
            json.writeStringField("eventVersion", "2.1");
            json.writeStringField("eventSource", "aws:s3");
            json.writeStringField("awsRegion", region);
            json.writeStringField("eventTime", TIME.format(Instant.ofEpochMilli(event.millis())));
            json.writeStringField("eventName", event.event());
            object(json, "userIdentity", "principalId", BucketQueries.OWNER.id());
            object(json, "requestParameters", "sourceIPAddress", event.address());
            json.writeObjectFieldStart("responseElements");
            json.writeStringField("x-amz-request-id", event.requestId());
            json.writeStringField("x-amz-id-2", event.requestId());
            json.writeEndObject();
            subject(json, event);
            json.writeEndObject();
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void subject(JsonGenerator json, StoredEvent event) throws IOException {
        json.writeObjectFieldStart("s3");
        json.writeStringField("s3SchemaVersion", "1.0");
        json.writeStringField("configurationId", event.configuration());
        json.writeObjectFieldStart("bucket");
        json.writeStringField("name", event.bucketName());
        object(json, "ownerIdentity", "principalId", BucketQueries.OWNER.id());
        json.writeStringField("arn", "arn:aws:s3:::" + event.bucketName());
        json.writeEndObject();
        json.writeObjectFieldStart("object");
        json.writeStringField(
                "key", URLEncoder.encode(event.key(), StandardCharsets.UTF_8).replace("%2F", "/"));
        if (!event.etag().isEmpty()) {
            json.writeNumberField("size", event.bytes());
            json.writeStringField("eTag", event.etag());
        }
        json.writeStringField("sequencer", String.format("%016X", event.sequence()));
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void object(JsonGenerator json, String name, String field, String value) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeStringField(field, value);
        json.writeEndObject();
    }
}
