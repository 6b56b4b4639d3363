package io.murmuration.main;

/** A node that cannot start; the message is one sentence for the operator. */
final class NodeStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NodeStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
