package io.murmuration.protocol.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Makes JSON documents in memory. */
final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    interface Document {
        void write(JsonGenerator to) throws IOException;
    }

    static byte[] bytes(Document document) {
        var bytes = new ByteArrayOutputStream();
        try (var to = FACTORY.createGenerator(bytes)) {
            to.writeStartObject();
            document.write(to);
            to.writeEndObject();
        } catch (IOException impossible) {
            // Nothing is written but memory.
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
