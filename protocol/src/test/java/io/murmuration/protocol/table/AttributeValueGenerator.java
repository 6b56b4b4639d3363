package io.murmuration.protocol.table;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes attribute values of every type from a seed, with the ends of ranges far more often than chance would. */
public final class AttributeValueGenerator {
    private static final int[] CODE_POINTS = {0, 1, 'a', 'b', 'z', 0x7F, 0x80, 0x7FF, 0x800, 0xFFFF, 0x10000, 0x10FFFF};
    private static final int LEVELS_MAX = 4;

    private final Random random;

    public AttributeValueGenerator(long seed) {
        random = new Random(seed);
    }

    public Map<String, AttributeValue> item() {
        var item = new LinkedHashMap<String, AttributeValue>();
        var attributes = random.nextInt(6);
        for (var i = 0; i < attributes; i++) {
            item.put(nonEmptyString(), value());
        }
        return item;
    }

    public AttributeValue value() {
        return value(0);
    }

    /** A value that a key attribute can have. */
    public AttributeValue keyValue(KeyType type) {
        return switch (type) {
            case S -> AttributeValue.string(nonEmptyString());
            case N -> new AttributeValue.N(number());
            case B -> AttributeValue.binary(bytes(1 + random.nextInt(12)));
        };
    }

    private AttributeValue value(int level) {
        return switch (random.nextInt(level < LEVELS_MAX ? 10 : 8)) {
            case 0 -> AttributeValue.string(string());
            case 1 -> new AttributeValue.N(number());
            case 2 -> AttributeValue.binary(bytes(random.nextInt(12)));
            case 3 -> new AttributeValue.Bool(random.nextBoolean());
            case 4 -> new AttributeValue.Null();
            case 5 -> AttributeValue.strings(some(this::string));
            case 6 -> AttributeValue.numbers(some(this::number));
            case 7 -> AttributeValue.binaries(some(() -> new Binary(bytes(random.nextInt(8)))));
            case 8 -> {
                var elements = new ArrayList<AttributeValue>();
                for (var i = random.nextInt(4); i > 0; i--) {
                    elements.add(value(level + 1));
                }
                yield new AttributeValue.L(elements);
            }
            default -> {
                var entries = new LinkedHashMap<String, AttributeValue>();
                for (var i = random.nextInt(4); i > 0; i--) {
                    entries.put(nonEmptyString(), value(level + 1));
                }
                yield new AttributeValue.M(entries);
            }
        };
    }

    public DynamoNumber number() {
        var exponent =
                switch (random.nextInt(4)) {
                    case 0 -> random.nextInt(256) - 130;
                    case 1 -> random.nextBoolean() ? -130 : 125;
                    default -> random.nextInt(6);
                };
        var digits = random.nextInt(3) == 0 ? 1 + random.nextInt(38) : 1 + random.nextInt(3);
        var text = new StringBuilder();
        for (var i = 0; i < digits; i++) {
            text.append((char) ('0' + random.nextInt(10)));
        }
        var unscaled = new BigInteger(text.toString());
        if (unscaled.signum() == 0) {
            return DynamoNumber.ZERO;
        }
        var precision = new BigDecimal(unscaled).precision();
        var number = new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), precision - 1 - exponent);
        return DynamoNumber.of(number);
    }

    public String string() {
        var text = new StringBuilder();
        for (var i = random.nextInt(8); i > 0; i--) {
            text.appendCodePoint(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
        }
        return text.toString();
    }

    public String nonEmptyString() {
        return string() + (char) ('a' + random.nextInt(26));
    }

    public byte[] bytes(int length) {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++) {
            bytes[i] = (byte) (random.nextInt(3) == 0 ? random.nextInt(2) * 0xFF : random.nextInt(256));
        }
        return bytes;
    }

    private <T> List<T> some(java.util.function.Supplier<T> one) {
        var some = new ArrayList<T>();
        for (var i = 1 + random.nextInt(3); i > 0; i--) {
            some.add(one.get());
        }
        return some;
    }
}
