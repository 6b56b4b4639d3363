package io.murmuration.journal;

/** The snapshot of an entity whose state is its rows: it says only that all events up to its sequence number are in them. */
public record AppliedRows() {}
