package io.murmuration.benchmarks;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.Binary;
import io.murmuration.protocol.table.DynamoNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The items that the benchmarks share. */
final class Birds {
    private Birds() {}

    /** Some 400 bytes with most of the types, as an application stores. */
    static Map<String, AttributeValue> starling() {
        var item = new LinkedHashMap<String, AttributeValue>();
        item.put("species", text("Sturnus vulgaris"));
        item.put("ring", number(4711));
        item.put("weight", number(82));
        item.put("name", text("Ada of the northern colony, ringed in the old tower"));
        item.put("adult", new AttributeValue.Bool(true));
        item.put("colours", new AttributeValue.SS(new TreeSet<>(List.of("black", "green", "purple"))));
        item.put("home", new AttributeValue.M(Map.of("city", text("Rome"), "tree", text("plane"), "floor", number(7))));
        item.put(
                "sightings",
                new AttributeValue.L(List.of(text("2026-01-03"), text("2026-02-11"), text("2026-03-19"), number(3))));
        item.put("song", new AttributeValue.B(new Binary(new byte[128])));
        return item;
    }

    static AttributeValue text(String value) {
        return new AttributeValue.S(value);
    }

    static AttributeValue number(long value) {
        return new AttributeValue.N(DynamoNumber.of(value));
    }
}
