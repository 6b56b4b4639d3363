package io.murmuration.protocol.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Makes JSON documents in memory. */
public final class JsonText {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonText() {}

    public interface Document {
        void write(JsonGenerator to) throws IOException;
    }

    /** An object, whose members are written. */
    public static byte[] bytes(Document members) {
        return value(to -> {
            to.writeStartObject();
            members.write(to);
            to.writeEndObject();
        });
    }

    /** Whatever is written. */
    public static byte[] value(Document document) {
        var bytes = new ByteArrayOutputStream();
        try (var to = FACTORY.createGenerator(bytes)) {
            document.write(to);
        } catch (IOException impossible) {
            // Nothing is written but memory.
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }
}
