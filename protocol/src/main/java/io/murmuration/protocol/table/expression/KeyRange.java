package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.AttributeValue;

/** What a key condition selects: one partition key, and of its items those whose sort key is in a range. */
public record KeyRange(AttributeValue partition, SortRange sort) {}
