package io.murmuration.protocol.table;

import io.murmuration.protocol.table.AttributeValue.B;
import io.murmuration.protocol.table.AttributeValue.BS;
import io.murmuration.protocol.table.AttributeValue.Bool;
import io.murmuration.protocol.table.AttributeValue.L;
import io.murmuration.protocol.table.AttributeValue.M;
import io.murmuration.protocol.table.AttributeValue.N;
import io.murmuration.protocol.table.AttributeValue.NS;
import io.murmuration.protocol.table.AttributeValue.Null;
import io.murmuration.protocol.table.AttributeValue.S;
import io.murmuration.protocol.table.AttributeValue.SS;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * Items and values as bytes, for storage and for travel between nodes. An item is a version byte, the number of attributes, and for each its
 * name and value; a value is a byte for its type and what that needs. Attributes keep their order. Stored: a new form gets a new version or
 * type, and old ones stay readable.
 */
public final class ItemCodec {
    private static final byte VERSION = 1;

    private static final int STRING = 1;
    /** A number whose digits fit into 63 bits: scale, then digits, both zigzag. */
    private static final int NUMBER = 2;
    /** Any other number: scale, then the digits as a sized two's complement. */
    private static final int LONG_NUMBER = 3;

    private static final int BINARY = 4;
    private static final int TRUE = 5;
    private static final int FALSE = 6;
    private static final int NULL = 7;
    private static final int LIST = 8;
    private static final int MAP = 9;
    private static final int STRING_SET = 10;
    private static final int NUMBER_SET = 11;
    private static final int BINARY_SET = 12;
    /** The set of the empty string alone, of which DynamoDB counts no byte. */
    private static final int EMPTY_STRING_SET = 13;
    /** The set of the empty binary alone. */
    private static final int EMPTY_BINARY_SET = 14;

    private static final int DIGITS_OF_A_LONG = 18;

    private static final int ALLOWANCE_BYTES = 12 << 10;

    private ItemCodec() {}

    /**
     * No item of this size, as DynamoDB counts it, is encoded longer. The worst are sets of numbers with two digits and a distant exponent, which
     * count 2 bytes and take 5. A value in a list or map counts a byte more, which covers what else exceeds that; it does not at an item's
     * top, where the allowance is for names of one and two bytes, of which there are not many, and for the counts of large sets.
     */
    public static int encodedBytesMax(int sizeBytes) {
        return sizeBytes / 2 * 5 + 3 + ALLOWANCE_BYTES;
    }

    public static byte[] encode(Map<String, AttributeValue> item) {
        var to = new Bytes(256).put(VERSION);
        putMap(to, item);
        return to.toArray();
    }

    /** The item in an unmodifiable map. */
    public static Map<String, AttributeValue> decode(byte[] bytes) {
        return decode(ByteBuffer.wrap(bytes));
    }

    /** Reads one item and moves behind it. */
    public static Map<String, AttributeValue> decode(ByteBuffer from) {
        checkVersion(from);
        return getMap(from);
    }

    public static byte[] encodeValue(AttributeValue value) {
        var to = new Bytes(64).put(VERSION);
        putValue(to, value);
        return to.toArray();
    }

    /** Reads one value and moves behind it. */
    public static AttributeValue decodeValue(ByteBuffer from) {
        checkVersion(from);
        return getValue(from);
    }

    private static void checkVersion(ByteBuffer from) {
        var version = from.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("unknown version of a stored item: " + version);
        }
    }

    private static void putMap(Bytes to, Map<String, AttributeValue> values) {
        to.putVarint(values.size());
        values.forEach((name, value) -> putValue(to.putText(name), value));
    }

    private static void putValue(Bytes to, AttributeValue value) {
        switch (value) {
            case S s -> to.put(STRING).putText(s.value());
            case N n -> putNumber(to, n.value());
            case B b -> to.put(BINARY).putSized(b.value().bytes());
            case Bool b -> to.put(b.value() ? TRUE : FALSE);
            case Null n -> to.put(NULL);
            case L l -> {
                to.put(LIST).putVarint(l.values().size());
                l.values().forEach(element -> putValue(to, element));
            }
            case M m -> putMap(to.put(MAP), m.values());
            case SS ss -> putStrings(to, ss.values());
            case NS ns -> {
                to.put(NUMBER_SET).putVarint(ns.values().size());
                ns.values().forEach(number -> putNumber(to, number));
            }
            case BS bs -> putBinaries(to, bs.values());
        }
    }

    private static void putStrings(Bytes to, SortedSet<String> values) {
        if (values.size() == 1 && values.first().isEmpty()) {
            to.put(EMPTY_STRING_SET);
            return;
        }
        to.put(STRING_SET).putVarint(values.size());
        values.forEach(to::putText);
    }

    private static void putBinaries(Bytes to, SortedSet<Binary> values) {
        if (values.size() == 1 && values.first().length() == 0) {
            to.put(EMPTY_BINARY_SET);
            return;
        }
        to.put(BINARY_SET).putVarint(values.size());
        values.forEach(binary -> to.putSized(binary.bytes()));
    }

    private static void putNumber(Bytes to, DynamoNumber number) {
        var value = number.value();
        if (value.precision() <= DIGITS_OF_A_LONG) {
            to.put(NUMBER)
                    .putZigzag(value.scale())
                    .putZigzag(value.unscaledValue().longValueExact());
        } else {
            to.put(LONG_NUMBER)
                    .putZigzag(value.scale())
                    .putSized(value.unscaledValue().toByteArray());
        }
    }

    private static Map<String, AttributeValue> getMap(ByteBuffer from) {
        var count = Bytes.getCount(from);
        var values = LinkedHashMap.<String, AttributeValue>newLinkedHashMap(count);
        for (var i = 0; i < count; i++) {
            values.put(Bytes.getText(from), getValue(from));
        }
        return Collections.unmodifiableMap(values);
    }

    private static AttributeValue getValue(ByteBuffer from) {
        var type = from.get();
        return switch (type) {
            case STRING -> new S(Bytes.getText(from));
            case NUMBER, LONG_NUMBER -> new N(getNumber(type, from));
            case BINARY -> new B(new Binary(Bytes.getSized(from)));
            case TRUE -> new Bool(true);
            case FALSE -> new Bool(false);
            case NULL -> new Null();
            case LIST -> new L(getList(from, ItemCodec::getValue));
            case MAP -> new M(getMap(from));
            case STRING_SET -> AttributeValue.strings(getList(from, Bytes::getText));
            case NUMBER_SET -> AttributeValue.numbers(getList(from, element -> getNumber(element.get(), element)));
            case BINARY_SET -> AttributeValue.binaries(getList(from, element -> new Binary(Bytes.getSized(element))));
            case EMPTY_STRING_SET -> AttributeValue.strings(List.of(""));
            case EMPTY_BINARY_SET -> AttributeValue.binaries(List.of(new Binary(new byte[0])));
            default -> throw unknownType(type);
        };
    }

    private static DynamoNumber getNumber(int type, ByteBuffer from) {
        var scale = Math.toIntExact(Bytes.getZigzag(from));
        return DynamoNumber.of(
                switch (type) {
                    case NUMBER -> BigDecimal.valueOf(Bytes.getZigzag(from), scale);
                    case LONG_NUMBER -> new BigDecimal(new BigInteger(Bytes.getSized(from)), scale);
                    default -> throw unknownType(type);
                });
    }

    private static <T> List<T> getList(ByteBuffer from, java.util.function.Function<ByteBuffer, T> element) {
        var count = Bytes.getCount(from);
        var values = new ArrayList<T>(count);
        for (var i = 0; i < count; i++) {
            values.add(element.apply(from));
        }
        return Collections.unmodifiableList(values);
    }

    private static IllegalArgumentException unknownType(int type) {
        return new IllegalArgumentException("unknown type of a stored value: " + type);
    }
}
