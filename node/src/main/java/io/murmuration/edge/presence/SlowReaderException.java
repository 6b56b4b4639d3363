package io.murmuration.edge.presence;

/** A viewer was so far behind another's that the part of a large body it wanted next was dropped. */
final class SlowReaderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SlowReaderException() {
        super("The viewer was too slow for a body that is too large to be kept.", null, false, false);
    }
}
