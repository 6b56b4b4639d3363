package io.murmuration.edge.presence;

/** An origin answered with a status that says that it failed. */
final class OriginErrorException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OriginErrorException(int status) {
        super("The origin answered with the status " + status + ".", null, false, false);
    }
}
