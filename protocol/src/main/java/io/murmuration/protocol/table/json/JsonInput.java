package io.murmuration.protocol.table.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document read value by value. Each method reads the value the parser stands on, null as null, and refuses a wrong type with the words of
 * DynamoDB's SerializationException.
 */
final class JsonInput implements AutoCloseable {
    /** Longer attribute names make an item too large anyway. */
    private static final int NAME_CHARS_MAX = 1 << 20;

    private static final int NESTING_MAX = 1000;
    private static final String MODEL = "com.amazonaws.dynamodb.v20120810.";

    /** Names are chosen by clients: interning them would let the heap grow for ever. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(NESTING_MAX)
                    .maxNameLength(NAME_CHARS_MAX)
                    .build())
            .build();

    private final JsonParser parser;

    private JsonInput(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads the value the parser stands on. */
    interface Step {
        void run() throws IOException;
    }

    /** Reads the value of a map's entry. */
    interface Entry {
        void read(String name) throws IOException;
    }

    /** Is shown each member of a structure that is not null. */
    interface Members {
        /** Reads the member's value and returns true, or returns false for a member it does not know, which is then skipped. */
        boolean read(String name) throws IOException;
    }

    /** Opens a document and stands on its first value; empty bytes are no document. */
    static JsonInput open(byte[] document) throws IOException {
        var input = new JsonInput(FACTORY.createParser(document));
        if (input.parser.nextToken() == null) {
            throw refused("");
        }
        return input;
    }

    static ServiceException refused(String message) {
        return new ServiceException(new ServiceError(CommonError.SERIALIZATION, message));
    }

    @Nullable
    String text() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getText();
            case VALUE_NULL -> null;
            default -> throw notConvertible("String");
        };
    }

    @Nullable
    Boolean flag() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NULL -> null;
            case VALUE_STRING -> flag(parser.getText());
            default -> throw notConvertible("Boolean");
        };
    }

    private static boolean flag(String text) {
        if (text.equalsIgnoreCase("true") || text.equals("1") || text.equalsIgnoreCase("yes")) {
            return true;
        }
        if (text.equalsIgnoreCase("false") || text.equals("0") || text.equalsIgnoreCase("no")) {
            return false;
        }
        throw refused("Unexpected token received from parser");
    }

    /** A whole number; a fraction is dropped. */
    @Nullable
    Long integer(String type) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (parser.getText().startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE)
                        : Long.valueOf(parser.getLongValue());
            case VALUE_NUMBER_FLOAT -> (long) Math.floor(parser.getDoubleValue());
            case VALUE_NULL -> null;
            default -> throw notConvertible(type);
        };
    }

    byte @Nullable [] blob() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> decodeBase64(parser.getText());
            case VALUE_NULL -> null;
            case START_ARRAY -> throw refused("Unrecognized collection type class java.nio.ByteBuffer");
            case START_OBJECT -> throw structureNotExpected();
            default -> throw refused("only base-64-encoded strings are convertible to bytes");
        };
    }

    private static byte[] decodeBase64(String text) {
        if (text.length() % 4 != 0) {
            throw refused("Base64 encoded length is expected a multiple of 4 bytes but found: " + text.length());
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            throw refused("Invalid Base64 character: " + notBase64.getMessage());
        }
        // The JDK ignores bits of the last character that stand for nothing; DynamoDB does not.
        if (text.endsWith("=")
                && !Base64.getEncoder().encodeToString(lastPart(bytes)).equals(text.substring(text.length() - 4))) {
            throw refused("Invalid last non-pad Base64 character dectected");
        }
        return bytes;
    }

    private static byte[] lastPart(byte[] bytes) {
        var rest = bytes.length % 3;
        return Arrays.copyOfRange(bytes, bytes.length - rest, bytes.length);
    }

    /** Visits each element of a list; false for null. */
    boolean elements(Step element) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_NULL -> {
                return false;
            }
            case START_OBJECT -> throw structureNotExpected();
            case START_ARRAY -> {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    element.run();
                }
                return true;
            }
            default -> throw refused("Unexpected field type");
        }
    }

    /** Visits each entry of a map; false for null. The last of several entries of one name shall win. */
    boolean entries(String elementType, Entry entry) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_NULL -> {
                return false;
            }
            case START_ARRAY ->
                throw refused("Unrecognized collection type java.util.Map<java.lang.String, "
                        + (elementType.contains(".") ? "" : MODEL) + elementType + ">");
            case START_OBJECT -> {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = parser.currentName();
                    parser.nextToken();
                    entry.read(name);
                }
                return true;
            }
            default -> throw refused("Unexpected field type");
        }
    }

    @Nullable
    List<@Nullable String> texts() throws IOException {
        var texts = new ArrayList<@Nullable String>();
        return elements(() -> texts.add(text())) ? texts : null;
    }

    /** The structure that is the whole document; anything behind it is refused. */
    void document(String type, Members members) throws IOException {
        structure(type, "", members);
        if (parser.nextToken() != null) {
            throw refused("");
        }
    }

    /** A structure that is the value of a member. */
    boolean field(String type, Members members) throws IOException {
        return structure(type, "Unexpected field type", members);
    }

    /** A structure that is an element of a list or map. */
    boolean element(String type, Members members) throws IOException {
        return structure(type, "Unexpected value type in payload", members);
    }

    /** False for null. */
    private boolean structure(String type, String refusalOfScalar, Members members) throws IOException {
        switch (parser.currentToken()) {
            case VALUE_NULL -> {
                return false;
            }
            case START_ARRAY -> throw refused("Unrecognized collection type class " + MODEL + type);
            case START_OBJECT -> {
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = parser.currentName();
                    if (parser.nextToken() != JsonToken.VALUE_NULL && !members.read(name)) {
                        skip();
                    }
                }
                return true;
            }
            default -> throw refused(refusalOfScalar);
        }
    }

    void skip() throws IOException {
        parser.skipChildren();
    }

    boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    private ServiceException notConvertible(String type) {
        var token = parser.currentToken();
        return switch (token) {
            case START_ARRAY -> refused("Unrecognized collection type class java.lang." + type);
            case START_OBJECT -> structureNotExpected();
            case VALUE_NUMBER_INT -> refused("NUMBER_VALUE cannot be converted to " + type);
            case VALUE_NUMBER_FLOAT -> refused("DECIMAL_VALUE cannot be converted to " + type);
            case VALUE_TRUE -> refused("TRUE_VALUE cannot be converted to " + type);
            case VALUE_FALSE -> refused("FALSE_VALUE cannot be converted to " + type);
            default -> refused("STRING_VALUE cannot be converted to " + type);
        };
    }

    private static ServiceException structureNotExpected() {
        return refused("Start of structure or map found where not expected");
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
