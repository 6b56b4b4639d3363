package io.murmuration.protocol.gateway.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the event that a function receives for a request: payload formats 1.0 and 2.0 of HTTP APIs. */
public final class EventWriter {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int USUAL_BYTES = 2048;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private EventWriter() {}

    /** @param format {@code 1.0} or {@code 2.0} */
    public static byte[] write(ProxyRequest request, String format) {
        try (var bytes = new ByteArrayBuilder(null, USUAL_BYTES + request.body().length)) {
            try (var to = FACTORY.createGenerator(bytes)) {
                to.writeStartObject();
                to.writeStringField("version", format);
                if (format.equals("2.0")) {
                    new SecondFormat(request).write(to);
                } else {
                    new FirstFormat(request).write(to);
                }
                to.writeEndObject();
            }
            return bytes.toByteArray();
        } catch (IOException impossible) {
            // Nothing is written but memory.
            throw new UncheckedIOException(impossible);
        }
    }

    /** As logs of web servers have it. */
    public static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }

    /** The headers, with what the gateway adds: values in their order by names in lower case. */
    static Map<String, List<String>> headers(ProxyRequest request) {
        var found = new LinkedHashMap<String, List<String>>();
        for (var header : request.headers()) {
            found.computeIfAbsent(header.name().toLowerCase(Locale.ROOT), first -> new ArrayList<>(1))
                    .add(header.value());
        }
        if (!request.contentType().isEmpty()) {
            found.put("content-type", List.of(request.contentType()));
        }
        found.put("content-length", List.of(String.valueOf(request.body().length)));
        var forwarded = found.get("x-forwarded-for");
        found.put(
                "x-forwarded-for",
                List.of(
                        forwarded == null
                                ? request.sourceIp()
                                : String.join(", ", forwarded) + ", " + request.sourceIp()));
        found.put("x-forwarded-port", List.of(String.valueOf(request.port())));
        found.put("x-forwarded-proto", List.of("http"));
        found.put("x-amzn-trace-id", List.of(request.traceId()));
        return found;
    }

    static void texts(JsonGenerator to, String name, Map<String, String> texts) throws IOException {
        to.writeObjectFieldStart(name);
        for (var text : texts.entrySet()) {
            to.writeStringField(text.getKey(), text.getValue());
        }
        to.writeEndObject();
    }

    /** Writes the body as text if it is one, and else in base64; nothing of a body that is empty. */
    static boolean writeBody(JsonGenerator to, ProxyRequest request) throws IOException {
        var text = text(request);
        if (text == null) {
            to.writeFieldName("body");
            to.writeBinary(request.body());
            return true;
        }
        if (!text.isEmpty()) {
            to.writeStringField("body", text);
        }
        return false;
    }

    /** Null if the body is to go as bytes: by its type, or because it is no text whatever its type says. */
    private static @Nullable String text(ProxyRequest request) {
        if (request.body().length == 0) {
            return "";
        }
        if (!isText(request.contentType())
                || !request.header("content-encoding").isEmpty()) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(request.body()))
                    .toString();
        } catch (CharacterCodingException bytes) {
            return null;
        }
    }

    private static boolean isText(String contentType) {
        int end = contentType.indexOf(';');
        var type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return type.isEmpty()
                || type.startsWith("text/")
                || type.equals("application/json")
                || type.equals("application/javascript")
                || type.equals("application/xml")
                || type.endsWith("+json")
                || type.endsWith("+xml");
    }
}
