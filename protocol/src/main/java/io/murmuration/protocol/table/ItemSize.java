package io.murmuration.protocol.table;

import io.murmuration.protocol.ServiceException;
import java.util.Map;

/**
 * How many bytes DynamoDB counts for items. Source: developer guide, "DynamoDB item sizes and formats". The guide gives numbers only
 * roughly; their rule here is the one that measurements around the 400 KB limit agree with: a byte for each started pair of significant
 * digits before and after the decimal point, and one more, and one more if negative.
 */
public final class ItemSize {
    /** 400 KB. */
    public static final int ITEM_BYTES_MAX = 400 * 1024;
    /** Levels of lists and maps in an attribute. */
    public static final int NESTING_MAX = 32;

    private static final int CONTAINER_BYTES = 3;

    private ItemSize() {}

    /** Bytes of the item: its attributes' names and values. */
    public static int of(Map<String, AttributeValue> item) {
        var bytes = 0;
        for (var attribute : item.entrySet()) {
            bytes += Utf8.length(attribute.getKey()) + of(attribute.getValue());
        }
        return bytes;
    }

    /** Bytes of the value alone. */
    public static int of(AttributeValue value) {
        return switch (value) {
            case AttributeValue.S s -> Utf8.length(s.value());
            case AttributeValue.N n -> of(n.value());
            case AttributeValue.B b -> b.value().length();
            case AttributeValue.Bool b -> 1;
            case AttributeValue.Null n -> 1;
            case AttributeValue.L l -> {
                var bytes = CONTAINER_BYTES;
                for (var element : l.values()) {
                    bytes += 1 + of(element);
                }
                yield bytes;
            }
            case AttributeValue.M m -> CONTAINER_BYTES + m.values().size() + of(m.values());
            case AttributeValue.SS ss ->
                ss.values().stream().mapToInt(Utf8::length).sum();
            case AttributeValue.NS ns ->
                ns.values().stream().mapToInt(ItemSize::of).sum();
            case AttributeValue.BS bs ->
                bs.values().stream().mapToInt(Binary::length).sum();
        };
    }

    /** Each side of the decimal point has its own pairs, so 1.5 takes a byte more than 15. */
    static int of(DynamoNumber number) {
        var value = number.value();
        if (value.signum() == 0) {
            return 1;
        }
        var digits = value.precision();
        var fraction = Math.max(0, value.scale());
        var integer = Math.max(0, digits - fraction);
        var pairs = integer == 0 ? pairs(digits) : pairs(integer) + pairs(fraction);
        return 1 + pairs + (value.signum() < 0 ? 1 : 0);
    }

    private static int pairs(int digits) {
        return (digits + 1) / 2;
    }

    /** Refuses an item to be put that is too large. */
    public static void checkPut(Map<String, AttributeValue> item) {
        if (of(item) > ITEM_BYTES_MAX) {
            throw ServiceException.validation("Item size has exceeded the maximum allowed size");
        }
    }

    /** Refuses the result of an update that is too large or nested too deeply. */
    public static void checkUpdated(Map<String, AttributeValue> item) {
        if (of(item) > ITEM_BYTES_MAX) {
            throw ServiceException.validation("Item size to update has exceeded the maximum allowed size");
        }
        for (var value : item.values()) {
            if (levels(value) > NESTING_MAX) {
                throw nestedTooDeeply();
            }
        }
    }

    /** Levels of lists and maps in the value: 0 for a scalar or a set, 1 for a list of scalars. */
    public static int levels(AttributeValue value) {
        var deepest = -1;
        switch (value) {
            case AttributeValue.L l -> {
                for (var element : l.values()) {
                    deepest = Math.max(deepest, levels(element));
                }
                return 1 + Math.max(0, deepest);
            }
            case AttributeValue.M m -> {
                for (var element : m.values().values()) {
                    deepest = Math.max(deepest, levels(element));
                }
                return 1 + Math.max(0, deepest);
            }
            default -> {
                return 0;
            }
        }
    }

    static ServiceException nestedTooDeeply() {
        return ServiceException.validation("Nesting Levels have exceeded supported limits: "
                + "Attributes in the item have nested levels beyond supported limit");
    }
}
