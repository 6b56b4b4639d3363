package io.murmuration.object.index;

/** A part of an object and how much of it that is. */
public record PartSpan(int number, long bytes) {}
