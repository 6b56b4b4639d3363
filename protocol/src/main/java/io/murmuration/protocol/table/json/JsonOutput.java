package io.murmuration.protocol.table.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Makes JSON documents in memory. */
final class JsonOutput {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int USUAL_BYTES = 512;

    private JsonOutput() {}

    interface Document {
        void write(JsonGenerator to) throws IOException;
    }

    static byte[] bytes(Document document) {
        var bytes = new ByteArrayOutputStream(USUAL_BYTES);
        try (var to = FACTORY.createGenerator(bytes)) {
            document.write(to);
        } catch (IOException impossible) {
            // Nothing is written but memory.
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
