package io.murmuration.protocol.table;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A DynamoDB number: up to 38 significant digits, zero or a magnitude in {@code [1E-130, 9.99…E+125]}, equal and ordered by value.
 * Source: DynamoDB developer guide, "Data types: Number".
 */
public final class DynamoNumber implements Comparable<DynamoNumber> {
    public static final int DIGITS_MAX = 38;
    private static final int EXPONENT_MIN = -130;
    private static final int EXPONENT_MAX = 125;

    private final BigDecimal value;

    private DynamoNumber(BigDecimal value) {
        this.value = value;
    }

    /** Fails with {@link ServiceException} carrying DynamoDB's own message if it is no number, too precise or out of range. */
    public static DynamoNumber parse(String text) {
        try {
            return of(new BigDecimal(text.strip()));
        } catch (NumberFormatException notNumeric) {
            throw io.murmuration.protocol.ServiceException.validation(
                    "The parameter cannot be converted to a numeric value: " + text);
        }
    }

    /** As {@link #parse} for a computed value. */
    public static DynamoNumber of(BigDecimal number) {
        var normal = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        if (normal.signum() != 0) {
            var exponent = (long) normal.precision() - normal.scale() - 1;
            if (exponent > EXPONENT_MAX) {
                throw io.murmuration.protocol.ServiceException.validation(
                        "Number overflow. Attempting to store a number with magnitude larger than supported range");
            }
            if (exponent < EXPONENT_MIN) {
                throw io.murmuration.protocol.ServiceException.validation(
                        "Number underflow. Attempting to store a number with magnitude smaller than supported range");
            }
            if (normal.precision() > DIGITS_MAX) {
                throw io.murmuration.protocol.ServiceException.validation(
                        "Attempting to store more than 38 significant digits in a Number");
            }
        }
        return new DynamoNumber(normal);
    }

    public static DynamoNumber of(long number) {
        return of(BigDecimal.valueOf(number));
    }

    public DynamoNumber plus(DynamoNumber other) {
        return of(value.add(other.value, new MathContext(DIGITS_MAX)));
    }

    public DynamoNumber minus(DynamoNumber other) {
        return of(value.subtract(other.value, new MathContext(DIGITS_MAX)));
    }

    /** Without trailing zeros. */
    public BigDecimal value() {
        return value;
    }

    @Override
    public int compareTo(DynamoNumber other) {
        return value.compareTo(other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DynamoNumber that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Plain notation, as DynamoDB prints numbers. */
    @Override
    public String toString() {
        return value.toPlainString();
    }
}
