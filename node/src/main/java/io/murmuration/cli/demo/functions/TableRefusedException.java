package io.murmuration.cli.demo.functions;

/** The table service refused a call, or was not reached as often as it was tried. */
final class TableRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String type;

    /** @param type of the error on the wire, without what is before its {@code #} */
    TableRefusedException(String type, String message) {
        super(message);
        this.type = type;
    }

    boolean isConditionFailed() {
        return type.equals("ConditionalCheckFailedException");
    }
}
