package io.murmuration.protocol.function.mapping;

/** Where a mapping begins to read a stream; as on the wire. */
public enum StartingPosition {
    /** With the oldest record that is kept. */
    TRIM_HORIZON,
    /** With the first that follows. */
    LATEST
}
