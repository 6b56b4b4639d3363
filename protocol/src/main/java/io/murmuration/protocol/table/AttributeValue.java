package io.murmuration.protocol.table;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A DynamoDB attribute value of any of the ten types. Immutable; equality is DynamoDB's, so numbers compare by value and sets without
 * order. Collections are taken over, not copied: nobody writes to them after construction.
 */
public sealed interface AttributeValue {
    record S(String value) implements AttributeValue {}

    record N(DynamoNumber value) implements AttributeValue {}

    record B(Binary value) implements AttributeValue {}

    record Bool(boolean value) implements AttributeValue {}

    record Null() implements AttributeValue {}

    record L(List<AttributeValue> values) implements AttributeValue {}

    record M(Map<String, AttributeValue> values) implements AttributeValue {}

    /** Never empty, no duplicates; ordered by UTF-8 bytes. */
    record SS(SortedSet<String> values) implements AttributeValue {}

    /** Never empty, no duplicates; ordered by value. */
    record NS(SortedSet<DynamoNumber> values) implements AttributeValue {}

    /** Never empty, no duplicates; ordered by unsigned bytes. */
    record BS(SortedSet<Binary> values) implements AttributeValue {}

    static S string(String value) {
        return new S(value);
    }

    static N number(long value) {
        return new N(DynamoNumber.of(value));
    }

    /** A number from its decimal text. */
    static N number(String value) {
        return new N(DynamoNumber.parse(value));
    }

    static B binary(byte[] value) {
        return new B(new Binary(value));
    }

    /** A string set in its order; the caller makes sure that there is at least one string. */
    static SS strings(Collection<String> values) {
        var sorted = new TreeSet<>(Utf8.ORDER);
        sorted.addAll(values);
        return new SS(Collections.unmodifiableSortedSet(sorted));
    }

    /** A number set in its order; the caller makes sure that there is at least one number. */
    static NS numbers(Collection<DynamoNumber> values) {
        return new NS(Collections.unmodifiableSortedSet(new TreeSet<>(values)));
    }

    /** A binary set in its order; the caller makes sure that there is at least one binary. */
    static BS binaries(Collection<Binary> values) {
        return new BS(Collections.unmodifiableSortedSet(new TreeSet<>(values)));
    }

    /** The type's name on the wire: S, N, B, BOOL, NULL, L, M, SS, NS or BS. */
    default String type() {
        return switch (this) {
            case S s -> "S";
            case N n -> "N";
            case B b -> "B";
            case Bool b -> "BOOL";
            case Null n -> "NULL";
            case L l -> "L";
            case M m -> "M";
            case SS s -> "SS";
            case NS n -> "NS";
            case BS b -> "BS";
        };
    }
}
