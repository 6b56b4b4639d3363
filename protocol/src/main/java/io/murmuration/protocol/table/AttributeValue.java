package io.murmuration.protocol.table;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** A DynamoDB attribute value of any of the ten types. Immutable; equality is DynamoDB's, so numbers compare by value and sets without order. */
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
