package io.murmuration.protocol.table;

import io.murmuration.protocol.table.AttributeValue.B;
import io.murmuration.protocol.table.AttributeValue.N;
import io.murmuration.protocol.table.AttributeValue.S;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Key attribute values as bytes whose unsigned order is DynamoDB's order of the values: strings by UTF-8 bytes, binaries as unsigned
 * bytes, numbers by value. The form is stored: it never changes.
 *
 * <p>Each encoding is self-delimiting and no encoding begins another, so that they can follow each other in a row's key.
 * <ul>
 *   <li>S and B: the bytes, where {@code 00} becomes {@code 00 FF}, then {@code 00 00}.
 *   <li>N: a byte for its sign (01, 02 for zero, 03), then its power of 100 plus 128, its pairs of digits plus one, and {@code 00};
 *       a negative number has all bytes after the first inverted. Zero has the first alone.
 * </ul>
 */
public final class KeyBytes {
    private static final int ESCAPED = 0xFF;
    private static final int NEGATIVE = 1;
    private static final int ZERO = 2;
    private static final int POSITIVE = 3;
    private static final int EXPONENT_BIAS = 128;
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    private KeyBytes() {}

    /** The value, which is of type S, N or B, as bytes. */
    public static byte[] encode(AttributeValue value) {
        return switch (value) {
            case S s -> escaped(s.value().getBytes(StandardCharsets.UTF_8), true);
            case B b -> escaped(b.value().bytes(), true);
            case N n -> encode(n.value());
            default -> throw new IllegalArgumentException("a key attribute cannot have the type " + value.type());
        };
    }

    /** The bytes that begin the encoding of every string or binary that begins with {@code value}, which is of type S or B. */
    public static byte[] prefix(AttributeValue value) {
        return switch (value) {
            case S s -> escaped(s.value().getBytes(StandardCharsets.UTF_8), false);
            case B b -> escaped(b.value().bytes(), false);
            default -> throw new IllegalArgumentException("the type " + value.type() + " has no prefixes");
        };
    }

    /** The least bytes above all that begin with {@code prefix}; empty if nothing is above them. */
    public static byte[] after(byte[] prefix) {
        var length = prefix.length;
        while (length > 0 && prefix[length - 1] == (byte) 0xFF) {
            length--;
        }
        var above = Arrays.copyOf(prefix, length);
        if (length > 0) {
            above[length - 1]++;
        }
        return above;
    }

    /** Reads the value that {@link #encode} wrote and moves behind it. */
    public static AttributeValue decode(KeyType type, ByteBuffer from) {
        return switch (type) {
            case S -> new S(new String(unescaped(from), StandardCharsets.UTF_8));
            case B -> new B(new Binary(unescaped(from)));
            case N -> new N(decodeNumber(from));
        };
    }

    private static byte[] escaped(byte[] plain, boolean terminated) {
        var zeros = 0;
        for (var b : plain) {
            zeros += b == 0 ? 1 : 0;
        }
        var bytes = new byte[plain.length + zeros + (terminated ? 2 : 0)];
        var at = 0;
        for (var b : plain) {
            bytes[at++] = b;
            if (b == 0) {
                bytes[at++] = (byte) ESCAPED;
            }
        }
        return bytes;
    }

    private static byte[] unescaped(ByteBuffer from) {
        var plain = new Bytes(from.remaining());
        while (true) {
            var next = from.get();
            if (next == 0 && from.get() == 0) {
                return plain.toArray();
            }
            plain.put(next);
        }
    }

    private static byte[] encode(DynamoNumber number) {
        var value = number.value();
        if (value.signum() == 0) {
            return new byte[] {ZERO};
        }
        // Digits are paired from the decimal point on, so the scale must be even.
        var even = value.scale() % 2 == 0 ? value : value.setScale(value.scale() + 1);
        var pairs = pairs(even.unscaledValue().abs());
        var power = pairs.length - 1 - even.scale() / 2;
        var bytes = new byte[pairs.length + 3];
        var flip = value.signum() < 0 ? 0xFF : 0;
        bytes[0] = (byte) (value.signum() < 0 ? NEGATIVE : POSITIVE);
        bytes[1] = (byte) ((power + EXPONENT_BIAS) ^ flip);
        for (var i = 0; i < pairs.length; i++) {
            bytes[i + 2] = (byte) ((pairs[i] + 1) ^ flip);
        }
        bytes[bytes.length - 1] = (byte) flip;
        return bytes;
    }

    /** Digits to the base 100, highest first. */
    private static int[] pairs(BigInteger number) {
        var digits = new int[(DynamoNumber.DIGITS_MAX + 2) / 2 + 1];
        var at = digits.length;
        var rest = number;
        while (rest.signum() != 0) {
            var parts = rest.divideAndRemainder(HUNDRED);
            digits[--at] = parts[1].intValue();
            rest = parts[0];
        }
        return Arrays.copyOfRange(digits, at, digits.length);
    }

    private static DynamoNumber decodeNumber(ByteBuffer from) {
        var sign = from.get();
        if (sign == ZERO) {
            return DynamoNumber.ZERO;
        }
        var flip = sign == NEGATIVE ? 0xFF : 0;
        var power = ((from.get() & 0xFF) ^ flip) - EXPONENT_BIAS;
        var unscaled = BigInteger.ZERO;
        var pairs = 0;
        for (var pair = (from.get() & 0xFF) ^ flip; pair != 0; pair = (from.get() & 0xFF) ^ flip) {
            unscaled = unscaled.multiply(HUNDRED).add(BigInteger.valueOf(pair - 1L));
            pairs++;
        }
        var magnitude = new BigDecimal(unscaled, 2 * (pairs - 1 - power));
        return DynamoNumber.of(sign == NEGATIVE ? magnitude.negate() : magnitude);
    }
}
