package io.murmuration.protocol.table;

import io.murmuration.protocol.ServiceException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Reads a number's text in one pass that keeps at most {@link DynamoNumber#DIGITS_MAX} digits, so that neither a long text nor
 * {@code 1E999999999} costs more than its own length. {@code BigDecimal} would take quadratic time for many digits.
 */
final class NumberText {
    /** Beyond any exponent that counts, and far from overflow. */
    private static final long EXPONENT_CAP = 1_000_000_000_000L;

    private final String text;
    private int at;
    /** Significant digits without leading and trailing zeros. */
    private final StringBuilder digits = new StringBuilder();
    /** Zeros read since the last other digit: significant only if another digit follows. */
    private int zerosPending;

    private boolean anyDigit;
    private boolean tooPrecise;
    /** Power of ten of the first significant digit, before the written exponent counts. */
    private long leadingPower;

    private NumberText(String text) {
        this.text = text;
    }

    static DynamoNumber parse(String text) {
        if (text.isEmpty()) {
            throw ServiceException.validation("The parameter cannot be converted to a numeric value");
        }
        return new NumberText(text).read();
    }

    private DynamoNumber read() {
        var negative = readSign();
        readMantissa();
        var exponent = readExponent();
        if (!anyDigit || at != text.length()) {
            throw notNumeric();
        }
        if (digits.isEmpty()) {
            return DynamoNumber.ZERO;
        }
        var power = leadingPower + exponent;
        DynamoNumber.checkRange(power);
        if (tooPrecise) {
            throw DynamoNumber.tooPrecise();
        }
        var unscaled = new BigInteger(digits.toString());
        var scale = Math.toIntExact(digits.length() - 1 - power);
        return DynamoNumber.of(new BigDecimal(negative ? unscaled.negate() : unscaled, scale));
    }

    private boolean readSign() {
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            return text.charAt(at++) == '-';
        }
        return false;
    }

    private void readMantissa() {
        var pointAt = -1;
        long integerDigits = 0;
        for (; at < text.length(); at++) {
            var c = text.charAt(at);
            if (c == '.' && pointAt < 0) {
                pointAt = at;
                continue;
            }
            if (c < '0' || c > '9') {
                break;
            }
            anyDigit = true;
            var beforeFirst = digits.isEmpty();
            readDigit(c);
            if (pointAt >= 0) {
                if (beforeFirst && !digits.isEmpty()) {
                    leadingPower = (long) pointAt - at;
                }
            } else if (!digits.isEmpty()) {
                integerDigits++;
            }
        }
        if (integerDigits > 0) {
            leadingPower = integerDigits - 1;
        }
    }

    private void readDigit(char c) {
        if (c == '0') {
            if (!digits.isEmpty()) {
                zerosPending++;
            }
            return;
        }
        if (digits.length() + zerosPending >= DynamoNumber.DIGITS_MAX) {
            tooPrecise = true;
        } else {
            digits.repeat('0', zerosPending).append(c);
            zerosPending = 0;
        }
    }

    private long readExponent() {
        if (at >= text.length() || (text.charAt(at) != 'e' && text.charAt(at) != 'E')) {
            return 0;
        }
        at++;
        var negative = readSign();
        var start = at;
        long exponent = 0;
        for (; at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9'; at++) {
            exponent = Math.min(EXPONENT_CAP, exponent * 10 + (text.charAt(at) - '0'));
        }
        if (at == start) {
            throw notNumeric();
        }
        return negative ? -exponent : exponent;
    }

    private ServiceException notNumeric() {
        return ServiceException.validation("The parameter cannot be converted to a numeric value: " + text);
    }
}
