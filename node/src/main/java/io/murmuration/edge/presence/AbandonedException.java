package io.murmuration.edge.presence;

/** Nobody was left who wanted what was being fetched. */
final class AbandonedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AbandonedException() {
        super("Nobody wants this response any more.", null, false, false);
    }
}
