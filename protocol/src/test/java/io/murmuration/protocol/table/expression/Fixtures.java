package io.murmuration.protocol.table.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.Binary;
import io.murmuration.protocol.table.DynamoNumber;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Values, items and placeholders in few letters, and what a refusal must look like. */
final class Fixtures {
    static final AttributeValue TRUE = new AttributeValue.Bool(true);
    static final AttributeValue FALSE = new AttributeValue.Bool(false);
    static final AttributeValue NULL = new AttributeValue.Null();

    private Fixtures() {}

    static AttributeValue s(String text) {
        return AttributeValue.string(text);
    }

    static AttributeValue n(long number) {
        return AttributeValue.number(number);
    }

    static AttributeValue n(String number) {
        return AttributeValue.number(number);
    }

    static AttributeValue b(String ascii) {
        return AttributeValue.binary(ascii.getBytes(StandardCharsets.ISO_8859_1));
    }

    static AttributeValue l(AttributeValue... elements) {
        return new AttributeValue.L(List.of(elements));
    }

    static AttributeValue m(Object... namesAndValues) {
        return new AttributeValue.M(item(namesAndValues));
    }

    static AttributeValue ss(String... members) {
        return AttributeValue.strings(List.of(members));
    }

    static AttributeValue ns(long... members) {
        return AttributeValue.numbers(
                Arrays.stream(members).mapToObj(DynamoNumber::of).toList());
    }

    static AttributeValue bs(String... members) {
        return AttributeValue.binaries(Stream.of(members)
                .map(member -> new Binary(member.getBytes(StandardCharsets.ISO_8859_1)))
                .toList());
    }

    /** Alternately a name and its value. */
    static Map<String, AttributeValue> item(Object... namesAndValues) {
        var item = new LinkedHashMap<String, AttributeValue>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            item.put((String) namesAndValues[i], (AttributeValue) namesAndValues[i + 1]);
        }
        return item;
    }

    /** An attribute that is there. */
    static AttributeValue attribute(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    /** Alternately a placeholder and what it stands for: a text for {@code #}, a value for {@code :}. */
    static Placeholders placeholders(Object... placeholders) {
        var names = new LinkedHashMap<String, String>();
        var values = new LinkedHashMap<String, AttributeValue>();
        for (int i = 0; i < placeholders.length; i += 2) {
            if (placeholders[i + 1] instanceof AttributeValue value) {
                values.put((String) placeholders[i], value);
            } else {
                names.put((String) placeholders[i], (String) placeholders[i + 1]);
            }
        }
        return Placeholders.of(names.isEmpty() ? null : names, values.isEmpty() ? null : values);
    }

    static boolean holds(String condition, Map<String, AttributeValue> item, Object... placeholders) {
        return Expressions.condition(Expressions.CONDITION, condition, placeholders(placeholders))
                .holds(item);
    }

    static Map<String, AttributeValue> updated(
            Map<String, AttributeValue> before, String update, Object... placeholders) {
        return Expressions.update(update, placeholders(placeholders)).apply(before);
    }

    static void assertRefused(ThrowingCallable action, String message) {
        var thrown = catchThrowable(action);
        assertThat(thrown).as(message).isInstanceOf(ServiceException.class).hasMessage(message);
        assertThat(((ServiceException) thrown).error().code()).isEqualTo(CommonError.VALIDATION);
    }
}
