package io.murmuration.protocol.table.json;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.Binary;
import io.murmuration.protocol.table.DynamoNumber;
import io.murmuration.protocol.table.ItemSize;
import io.murmuration.protocol.table.Utf8;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads attribute values. DynamoDB complains of a wrong JSON type at once, but of a bad value only after it has checked the request's other
 * parameters, so a bad value is remembered: the first one's complaint is kept with the values, and a stand-in takes its place.
 */
final class AttributeValueReader {
    private static final int NAME_BYTES_MAX = 65_535;
    private static final int UTF8_BYTES_OF_A_CHAR_MAX = 3;
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final AttributeValue STAND_IN = new AttributeValue.Null();

    private final JsonInput in;
    private @Nullable String complaint;

    private AttributeValueReader(JsonInput in) {
        this.in = in;
    }

    /**
     * Attribute values by name.
     *
     * @param complaint what DynamoDB says of the first bad value, null if all are good
     * @param complaintFor the name of the first bad value
     */
    record Values(
            Map<String, AttributeValue> byName, @Nullable String complaint, String complaintFor) {
        /** Refuses bad values. */
        Map<String, AttributeValue> checked() {
            return checked("", "");
        }

        /** Refuses bad values with something before and behind DynamoDB's words for them. */
        Map<String, AttributeValue> checked(String before, String behind) {
            if (complaint != null) {
                throw ServiceException.validation(before + complaint + behind);
            }
            return byName;
        }
    }

    /** The values that the input stands on, null for null. */
    static @Nullable Values read(JsonInput in) throws IOException {
        return new AttributeValueReader(in).values();
    }

    private @Nullable Values values() throws IOException {
        var byName = new LinkedHashMap<String, AttributeValue>();
        var complaintFor = new String[] {""};
        var present = in.entries("AttributeValue", name -> {
            var good = complaint == null;
            checkName(name);
            byName.put(name, value(0));
            if (good && complaint != null) {
                complaintFor[0] = name;
            }
        });
        return present ? new Values(Collections.unmodifiableMap(byName), complaint, complaintFor[0]) : null;
    }

    private void complain(String about) {
        if (complaint == null) {
            complaint = about;
        }
    }

    private void checkName(String name) {
        if (name.isEmpty()) {
            complain("Empty attribute name");
        } else if (name.length() > NAME_BYTES_MAX / UTF8_BYTES_OF_A_CHAR_MAX && Utf8.length(name) > NAME_BYTES_MAX) {
            complain("Attribute name is too large, must be less than 65536 bytes");
        }
    }

    private AttributeValue value(int level) throws IOException {
        var found = new ArrayList<AttributeValue>(1);
        in.element("AttributeValue", type -> {
            var value = valueOf(type, level);
            if (value != null) {
                found.add(value);
            }
            return value != null;
        });
        if (found.isEmpty()) {
            complain("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
            return STAND_IN;
        }
        if (found.size() > 1) {
            complain("Supplied AttributeValue has more than one datatypes set, "
                    + "must contain exactly one of the supported datatypes");
        }
        return found.getFirst();
    }

    /** The value of the type, which is not null in JSON; null, with nothing read, if there is no such type. */
    private @Nullable AttributeValue valueOf(String type, int level) throws IOException {
        return switch (type) {
            case "S" -> new AttributeValue.S(orEmpty(in.text()));
            case "N" -> number(in.text());
            case "B" -> new AttributeValue.B(binary(in.blob()));
            case "BOOL" -> new AttributeValue.Bool(Boolean.TRUE.equals(in.flag()));
            // Whether true or false: DynamoDB stores NULL either way.
            case "NULL" -> {
                in.flag();
                yield new AttributeValue.Null();
            }
            case "L" -> level == ItemSize.NESTING_MAX ? nestedTooDeeply() : list(level);
            case "M" -> level == ItemSize.NESTING_MAX ? nestedTooDeeply() : map(level);
            case "SS" -> strings();
            case "NS" -> numbers();
            case "BS" -> binaries();
            default -> null;
        };
    }

    private AttributeValue nestedTooDeeply() throws IOException {
        complain("Nesting Levels have exceeded supported limits: "
                + "Attributes in the item have nested levels beyond supported limit");
        in.skip();
        return STAND_IN;
    }

    private AttributeValue list(int level) throws IOException {
        var values = new ArrayList<AttributeValue>();
        in.elements(() -> values.add(value(level + 1)));
        return new AttributeValue.L(Collections.unmodifiableList(values));
    }

    private AttributeValue map(int level) throws IOException {
        var values = new LinkedHashMap<String, AttributeValue>();
        in.entries("AttributeValue", name -> {
            checkName(name);
            values.put(name, value(level + 1));
        });
        return new AttributeValue.M(Collections.unmodifiableMap(values));
    }

    private AttributeValue number(@Nullable String text) {
        try {
            return new AttributeValue.N(DynamoNumber.parse(orEmpty(text)));
        } catch (ServiceException refused) {
            complain(refused.error().message());
            return STAND_IN;
        }
    }

    private AttributeValue strings() throws IOException {
        var members = new ArrayList<String>();
        in.elements(() -> {
            if (in.isNull()) {
                complain(INVALID + "An string set  may not have a null string as a member");
            } else {
                members.add(orEmpty(in.text()));
            }
        });
        if (members.isEmpty()) {
            // The two blanks, here and below, are DynamoDB's.
            complain(INVALID + "An string set  may not be empty");
        } else if (new HashSet<>(members).size() < members.size()) {
            complain(INVALID + "Input collection " + members + " contains duplicates.");
        }
        return AttributeValue.strings(members);
    }

    private AttributeValue numbers() throws IOException {
        var members = new ArrayList<DynamoNumber>();
        in.elements(() -> {
            if (number(in.text()) instanceof AttributeValue.N number) {
                members.add(number.value());
            }
        });
        if (members.isEmpty()) {
            complain(INVALID + "An number set  may not be empty");
        } else if (new HashSet<>(members).size() < members.size()) {
            complain("Input collection contains duplicates");
        }
        return AttributeValue.numbers(members);
    }

    private AttributeValue binaries() throws IOException {
        var members = new ArrayList<Binary>();
        in.elements(() -> members.add(binary(in.blob())));
        if (members.isEmpty()) {
            complain(INVALID + "Binary sets should not be empty");
        } else if (new HashSet<>(members).size() < members.size()) {
            complain(INVALID + "Input collection " + members + "of type BS contains duplicates.");
        }
        return AttributeValue.binaries(members);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static Binary binary(byte @Nullable [] bytes) {
        return new Binary(bytes == null ? new byte[0] : bytes);
    }
}
