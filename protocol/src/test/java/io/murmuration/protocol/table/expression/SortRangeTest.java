package io.murmuration.protocol.table.expression;

import static io.murmuration.protocol.table.expression.Fixtures.b;
import static io.murmuration.protocol.table.expression.Fixtures.n;
import static io.murmuration.protocol.table.expression.Fixtures.s;
import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.KeyBytes;
import io.murmuration.protocol.table.expression.SortRange.Bound;
import io.murmuration.protocol.table.expression.SortRange.Bounded;
import io.murmuration.protocol.table.expression.SortRange.Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SortRangeTest {
    static Stream<List<AttributeValue>> keys() {
        return Stream.of(
                List.of(n("-1E125"), n(-10), n(-9), n("-1E-130"), n(0), n("0.5"), n(1), n("99"), n(100), n("1E125")),
                List.of(s(" "), s("\u0000"), s("a"), s("a\u0000"), s("ab"), s("b"), s("\uffff"), s("\ud83d\ude00")),
                List.of(
                        b("\u0000"),
                        b("\u0000\u0000"),
                        b("\u007f"),
                        b("\u0080"),
                        b("\u00ff"),
                        b("\u00ff\u00ff"),
                        b("a")));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void the_bytes_of_a_range_hold_exactly_the_keys_in_it(List<AttributeValue> keys) {
        for (var range : ranges(keys)) {
            for (var key : keys) {
                assertThat(inBytes(range, KeyBytes.encode(key)))
                        .as("%s in %s", key, range)
                        .isEqualTo(range.contains(key));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void a_range_contains_what_lies_between_its_bounds(List<AttributeValue> keys) {
        for (var key : keys) {
            for (var bound : keys) {
                int order = Arrays.compareUnsigned(KeyBytes.encode(key), KeyBytes.encode(bound));

                assertThat(new Bounded(new Bound(bound, true), null).contains(key))
                        .isEqualTo(order >= 0);
                assertThat(new Bounded(new Bound(bound, false), null).contains(key))
                        .isEqualTo(order > 0);
                assertThat(new Bounded(null, new Bound(bound, true)).contains(key))
                        .isEqualTo(order <= 0);
                assertThat(new Bounded(null, new Bound(bound, false)).contains(key))
                        .isEqualTo(order < 0);
            }
            assertThat(SortRange.WHOLE.contains(key)).isTrue();
        }
    }

    private static List<SortRange> ranges(List<AttributeValue> keys) {
        var ranges = new ArrayList<SortRange>();
        ranges.add(SortRange.WHOLE);
        for (var one : keys) {
            for (boolean inclusive : new boolean[] {true, false}) {
                ranges.add(new Bounded(new Bound(one, inclusive), null));
                ranges.add(new Bounded(null, new Bound(one, inclusive)));
                for (var two : keys) {
                    ranges.add(new Bounded(new Bound(one, inclusive), new Bound(two, true)));
                }
            }
            if (!one.type().equals("N")) {
                ranges.add(new Prefix(one));
            }
        }
        return ranges;
    }

    private static boolean inBytes(SortRange range, byte[] key) {
        return Arrays.compareUnsigned(range.from(), key) <= 0
                && (range.to().length == 0 || Arrays.compareUnsigned(key, range.to()) < 0);
    }
}
