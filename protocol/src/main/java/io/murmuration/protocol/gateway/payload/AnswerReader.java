package io.murmuration.protocol.gateway.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one answer, in one pass over its bytes. */
final class AnswerReader {
    private static final int STATUS_MIN = 200;
    private static final int STATUS_MAX = 599;
    private static final int OK = 200;
    /** The largest payload of a function, which may be one text. */
    private static final int TEXT_CHARS_MAX = 8 << 20;

    private static final String CONTENT_TYPE = "content-type";
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(TEXT_CHARS_MAX)
                    .build())
            .build();

    private final byte[] payload;
    private final boolean second;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private final List<Header> single = new ArrayList<>();
    private final List<String> cookies = new ArrayList<>();
    private @Nullable Integer status;
    private boolean statusGiven;
    private @Nullable String body;
    private boolean base64;
    private boolean malformed;

    AnswerReader(byte[] payload, boolean second) {
        this.payload = payload;
        this.second = second;
    }

    Optional<FunctionAnswer> read() {
        try (var parser = FACTORY.createParser(payload)) {
            var first = parser.nextToken();
            if (first == JsonToken.START_OBJECT) {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = parser.currentName();
                    parser.nextToken();
                    member(name, parser);
                }
            } else if (second && first == JsonToken.VALUE_STRING) {
                var text = parser.getText();
                return parser.nextToken() == null ? inferred(text.getBytes(StandardCharsets.UTF_8)) : asIs();
            } else {
                return asIs();
            }
            if (parser.nextToken() != null) {
                return asIs();
            }
        } catch (JsonProcessingException notJson) {
            return asIs();
        } catch (IOException impossible) {
            // Nothing is read but memory.
            throw new UncheckedIOException(impossible);
        }
        if (!statusGiven) {
            return asIs();
        }
        return malformed || status == null ? Optional.empty() : Optional.ofNullable(complete(status));
    }

    /** What is no answer in the format's own shape: in 2.0 it is the body. */
    private Optional<FunctionAnswer> asIs() {
        return second ? inferred(payload) : Optional.empty();
    }

    private static Optional<FunctionAnswer> inferred(byte[] body) {
        return Optional.of(new FunctionAnswer(OK, List.of(), FunctionAnswer.JSON, body));
    }

    private void member(String name, JsonParser parser) throws IOException {
        switch (name) {
            case "statusCode" -> readStatus(parser);
            case "headers" -> readHeaders(parser);
            case "multiValueHeaders" -> readMultiValueHeaders(parser);
            case "cookies" -> readCookies(parser);
            case "body" -> body = textOrNull(parser);
            case "isBase64Encoded" -> {
                base64 = parser.currentToken() == JsonToken.VALUE_TRUE;
                malformed |= !parser.currentToken().isScalarValue();
                parser.skipChildren();
            }
            default -> parser.skipChildren();
        }
    }

    private void readStatus(JsonParser parser) throws IOException {
        statusGiven = true;
        switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> {
                long given = parser.getLongValue();
                status = given >= STATUS_MIN && given <= STATUS_MAX ? (int) given : null;
            }
            case VALUE_STRING -> {
                var text = parser.getText();
                status = text.matches("[2-5][0-9]{2}") ? Integer.valueOf(text) : null;
            }
            default -> parser.skipChildren();
        }
    }

    private void readHeaders(JsonParser parser) throws IOException {
        if (!begins(JsonToken.START_OBJECT, parser)) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            parser.nextToken();
            var value = scalar(parser);
            if (value != null) {
                single.add(new Header(name, value));
            }
        }
    }

    private void readMultiValueHeaders(JsonParser parser) throws IOException {
        if (second) {
            parser.skipChildren();
            return;
        }
        if (!begins(JsonToken.START_OBJECT, parser)) {
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var values = headers.computeIfAbsent(parser.currentName(), first -> new ArrayList<>(1));
            parser.nextToken();
            if (begins(JsonToken.START_ARRAY, parser)) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    var value = scalar(parser);
                    if (value != null) {
                        values.add(value);
                    }
                }
            }
        }
    }

    private void readCookies(JsonParser parser) throws IOException {
        if (!second) {
            parser.skipChildren();
            return;
        }
        if (begins(JsonToken.START_ARRAY, parser)) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                var value = scalar(parser);
                if (value != null) {
                    cookies.add(value);
                }
            }
        }
    }

    /** Whether something of this kind begins; null counts as nothing, anything else makes the answer malformed. */
    private boolean begins(JsonToken wanted, JsonParser parser) throws IOException {
        if (parser.currentToken() == wanted) {
            return true;
        }
        malformed |= parser.currentToken() != JsonToken.VALUE_NULL;
        parser.skipChildren();
        return false;
    }

    private @Nullable String textOrNull(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        malformed |= parser.currentToken() != JsonToken.VALUE_NULL;
        parser.skipChildren();
        return null;
    }

    private @Nullable String scalar(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (parser.currentToken().isScalarValue()) {
            return parser.getText();
        }
        malformed = true;
        parser.skipChildren();
        return null;
    }

    private @Nullable FunctionAnswer complete(int code) {
        byte[] bytes;
        try {
            var text = body == null ? "" : body;
            bytes = base64 ? Base64.getDecoder().decode(text) : text.getBytes(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
        for (var header : single) {
            var values = headers.computeIfAbsent(header.name(), first -> new ArrayList<>(1));
            if (!values.contains(header.value())) {
                values.add(header.value());
            }
        }
        var type = bytes.length == 0 ? "" : FunctionAnswer.TEXT;
        var all = new ArrayList<Header>();
        for (var header : headers.entrySet()) {
            for (var value : header.getValue()) {
                if (!isHeader(header.getKey(), value)) {
                    return null;
                }
                if (header.getKey().toLowerCase(Locale.ROOT).equals(CONTENT_TYPE)) {
                    type = value;
                } else {
                    all.add(new Header(header.getKey(), value));
                }
            }
        }
        for (var cookie : cookies) {
            if (!isHeader("set-cookie", cookie)) {
                return null;
            }
            all.add(new Header("set-cookie", cookie));
        }
        return new FunctionAnswer(code, all, type, bytes);
    }

    /** Whether it can be sent: a name is a token, and a value has no line end, with which a function could write other headers. */
    private static boolean isHeader(String name, String value) {
        if (name.isEmpty()) {
            return false;
        }
        for (int at = 0; at < name.length(); at++) {
            char c = name.charAt(at);
            boolean token = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
            if (!token) {
                return false;
            }
        }
        for (int at = 0; at < value.length(); at++) {
            char c = value.charAt(at);
            if ((c < ' ' && c != '\t') || c == 0x7F) {
                return false;
            }
        }
        return true;
    }
}
