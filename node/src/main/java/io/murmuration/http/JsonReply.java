package io.murmuration.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/** Answers of the node's own routes: one JSON object. */
final class JsonReply {
    private static final JsonFactory JSON = new JsonFactory();

    private JsonReply() {}

    /** Writes the fields of the object. */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    static HttpResponse of(int status, Fields fields) {
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return HttpResponse.create().withStatus(status).withEntity(ContentTypes.APPLICATION_JSON, bytes.toByteArray());
    }
}
