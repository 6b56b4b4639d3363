package io.murmuration.protocol.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A JSON object of a request. Members that are null count as absent; one of a wrong type is a SerializationException. */
final class JsonTree {
    private static final int NESTING_MAX = 16;
    /** Far above any limit of the model, and what is stored of it fits a text of 64 KiB. */
    private static final int TEXT_CHARS_MAX = 16_384;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(NESTING_MAX)
                    .maxStringLength(TEXT_CHARS_MAX)
                    .maxNameLength(TEXT_CHARS_MAX)
                    .build())
            .build();

    private final Map<?, ?> members;

    private JsonTree(Map<?, ?> members) {
        this.members = members;
    }

    /** No bytes are an empty object: some clients send none where no member is set. */
    static JsonTree parse(byte[] document) {
        if (document.length == 0) {
            return new JsonTree(Map.of());
        }
        try (var parser = FACTORY.createParser(document)) {
            if (parser.nextToken() == JsonToken.START_OBJECT
                    && value(parser) instanceof Map<?, ?> object
                    && parser.nextToken() == null) {
                return new JsonTree(object);
            }
        } catch (JsonProcessingException notJson) {
            throw refused();
        } catch (IOException impossible) {
            // Nothing is read but memory.
            throw new UncheckedIOException(impossible);
        }
        throw refused();
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                var object = new LinkedHashMap<String, @Nullable Object>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = parser.currentName();
                    parser.nextToken();
                    object.put(name, value(parser));
                }
                yield object;
            }
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
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> parser.getText();
        };
    }

    boolean has(String name) {
        return members.get(name) != null;
    }

    @Nullable
    String text(String name) {
        return member(name, String.class);
    }

    @Nullable
    Boolean flag(String name) {
        return member(name, Boolean.class);
    }

    @Nullable
    Double number(String name) {
        return member(name, Double.class);
    }

    @Nullable
    Integer integer(String name) {
        var number = number(name);
        if (number == null) {
            return null;
        }
        if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
            throw refused();
        }
        return number.intValue();
    }

    @Nullable
    JsonTree tree(String name) {
        var value = member(name, Map.class);
        return value == null ? null : new JsonTree(value);
    }

    /** Empty if there is no such member. */
    List<String> texts(String name) {
        var values = member(name, List.class);
        var texts = new ArrayList<String>();
        if (values != null) {
            for (var value : values) {
                texts.add(cast(value, String.class));
            }
        }
        return texts;
    }

    @Nullable
    Map<String, String> textsByName(String name) {
        return valuesByName(name, value -> cast(value, String.class));
    }

    @Nullable
    <T> Map<String, T> treesByName(String name, Function<JsonTree, T> read) {
        return valuesByName(name, value -> read.apply(new JsonTree(cast(value, Map.class))));
    }

    private <T> @Nullable Map<String, T> valuesByName(String name, Function<@Nullable Object, T> read) {
        var values = tree(name);
        if (values == null) {
            return null;
        }
        var found = new LinkedHashMap<String, T>();
        values.members.forEach((key, value) -> found.put(String.valueOf(key), read.apply(value)));
        return found;
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
