package io.murmuration.protocol.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON object of a request. Members that are null count as absent; one of a wrong type is a SerializationException. */
public final class JsonTree {
    private static final int NESTING_MAX = 32;

    /** A zip of 50 MB in base64, and then some. */
    private static final int TEXT_CHARS_MAX = 80 << 20;

    private static final String ZIP = "ZipFile";

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(NESTING_MAX)
                    .maxStringLength(TEXT_CHARS_MAX)
                    .build())
            .build();

    private final Map<?, ?> members;

    private JsonTree(Map<?, ?> members) {
        this.members = members;
    }

    public static JsonTree parse(byte[] document) {
        return parse(new ByteArrayInputStream(document));
    }

    /** Reads the document to its end. A code's zip is decoded as it comes, without a copy of its text. */
    static JsonTree parse(InputStream document) {
        try (var parser = FACTORY.createParser(document)) {
            if (parser.nextToken() == JsonToken.START_OBJECT
                    && value(parser) instanceof Map<?, ?> object
                    && parser.nextToken() == null) {
                return new JsonTree(object);
            }
        } catch (JsonProcessingException notJson) {
            throw refused();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        throw refused();
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                var elements = new ArrayList<@Nullable Object>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield elements;
            }
            case VALUE_NULL -> null;
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> parser.getText();
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        var members = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            var token = parser.nextToken();
            members.put(
                    name,
                    name.equals(ZIP) && token == JsonToken.VALUE_STRING ? parser.getBinaryValue() : value(parser));
        }
        return members;
    }

    @Nullable
    public String text(String name) {
        return member(name, String.class);
    }

    @Nullable
    public Long integer(String name) {
        return member(name, Long.class);
    }

    public boolean flag(String name) {
        var value = member(name, Boolean.class);
        return value != null && value;
    }

    byte @Nullable [] bytes(String name) {
        return member(name, byte[].class);
    }

    /** Whether there is such a member, and it is not null. */
    public boolean has(String name) {
        return members.get(name) != null;
    }

    @Nullable
    public JsonTree tree(String name) {
        var value = member(name, Map.class);
        return value == null ? null : new JsonTree(value);
    }

    @Nullable
    public List<String> texts(String name) {
        var values = member(name, List.class);
        if (values == null) {
            return null;
        }
        var texts = new ArrayList<String>();
        for (var value : values) {
            texts.add(cast(value, String.class));
        }
        return texts;
    }

    @Nullable
    Map<String, String> textsByName(String name) {
        var values = tree(name);
        if (values == null) {
            return null;
        }
        var texts = new LinkedHashMap<String, String>();
        values.members.forEach((key, value) -> texts.put(String.valueOf(key), cast(value, String.class)));
        return texts;
    }

    /** The member's elements, each an object; null if there is no such member. */
    @Nullable
    public List<JsonTree> trees(String name) {
        var values = member(name, List.class);
        if (values == null) {
            return null;
        }
        var trees = new ArrayList<JsonTree>();
        for (var value : values) {
            trees.add(new JsonTree(cast(value, Map.class)));
        }
        return trees;
    }

    private <T> @Nullable T member(String name, Class<T> type) {
        var value = members.get(name);
        return value == null ? null : cast(value, type);
    }

    private static <T> T cast(@Nullable Object value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw refused();
        }
        return type.cast(value);
    }

    private static ServiceException refused() {
        return new ServiceException(
                new ServiceError(CommonError.SERIALIZATION, "The request's body is not the JSON that is expected."));
    }
}
