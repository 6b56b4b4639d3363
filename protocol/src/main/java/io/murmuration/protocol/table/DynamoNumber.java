package io.murmuration.protocol.table;

import io.murmuration.protocol.ServiceException;
import java.math.BigDecimal;

/**
 * A DynamoDB number: up to 38 significant digits, zero or a magnitude in {@code [1E-130, 9.99…E+125]}, equal and ordered by value.
 * Source: DynamoDB developer guide, "Data types: Number".
 */
public final class DynamoNumber implements Comparable<DynamoNumber> {
    public static final int DIGITS_MAX = 38;
    public static final DynamoNumber ZERO = new DynamoNumber(BigDecimal.ZERO);
    private static final int EXPONENT_MIN = -130;
    private static final int EXPONENT_MAX = 125;

    private final BigDecimal value;

    private DynamoNumber(BigDecimal value) {
        this.value = value;
    }

    /**
     * Reads decimal text such as {@code -1.50E+3}; the cost grows with its length alone.
     *
     * @throws ServiceException with DynamoDB's own message if it is no number, too precise or out of range
     */
    public static DynamoNumber parse(String text) {
        return NumberText.parse(text);
    }

    /** As {@link #parse} for a computed value. */
    public static DynamoNumber of(BigDecimal number) {
        if (number.signum() == 0) {
            return ZERO;
        }
        // The range comes first: stripping the zeros of a number far outside it would take long.
        var exponent = (long) number.precision() - number.scale() - 1;
        checkRange(exponent);
        var normal = number.stripTrailingZeros();
        if (normal.precision() > DIGITS_MAX) {
            throw tooPrecise();
        }
        return new DynamoNumber(normal);
    }

    public static DynamoNumber of(long number) {
        return of(BigDecimal.valueOf(number));
    }

    /** @throws ServiceException if a number whose first significant digit stands for this power of ten is out of range */
    static void checkRange(long exponent) {
        if (exponent > EXPONENT_MAX) {
            throw overflow();
        }
        if (exponent < EXPONENT_MIN) {
            throw ServiceException.validation(
                    "Number underflow. Attempting to store a number with magnitude smaller than supported range");
        }
    }

    static ServiceException tooPrecise() {
        return ServiceException.validation("Attempting to store more than 38 significant digits in a Number");
    }

    /** The sum. One that needs more than 38 digits overflows, as in DynamoDB, where {@code 1E50 + 1} does. */
    public DynamoNumber plus(DynamoNumber other) {
        return result(value.add(other.value));
    }

    /** The difference; as {@link #plus}. */
    public DynamoNumber minus(DynamoNumber other) {
        return result(value.subtract(other.value));
    }

    private static DynamoNumber result(BigDecimal number) {
        var normal = number.stripTrailingZeros();
        if (normal.precision() > DIGITS_MAX) {
            throw overflow();
        }
        return of(normal);
    }

    private static ServiceException overflow() {
        return ServiceException.validation(
                "Number overflow. Attempting to store a number with magnitude larger than supported range");
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

    /** Plain notation without needless zeros, as DynamoDB prints numbers: at most 170 characters. */
    @Override
    public String toString() {
        return value.toPlainString();
    }
}
