package io.murmuration.protocol.table.expression;

/** The comparison operators, as written. */
enum Comparator {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String sign;

    Comparator(String sign) {
        this.sign = sign;
    }

    /** Whether it asks for an order, which only strings, numbers and binaries have. */
    boolean isOrdering() {
        return this != EQUAL && this != NOT_EQUAL;
    }

    /** The comparator that says the same with its sides exchanged. */
    Comparator mirrored() {
        return switch (this) {
            case EQUAL, NOT_EQUAL -> this;
            case LESS -> GREATER;
            case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
            case GREATER -> LESS;
            case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
        };
    }

    @Override
    public String toString() {
        return sign;
    }
}
