package io.murmuration.protocol.table.expression;

/** The arithmetic operators of update expressions, as written. */
enum Sign {
    PLUS("+"),
    MINUS("-");

    private final String sign;

    Sign(String sign) {
        this.sign = sign;
    }

    @Override
    public String toString() {
        return sign;
    }
}
