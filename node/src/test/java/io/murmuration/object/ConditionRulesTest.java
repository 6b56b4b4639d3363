package io.murmuration.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.object.ObjectError;
import io.murmuration.protocol.object.operation.ReadConditions;
import io.murmuration.protocol.object.operation.WriteConditions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionRulesTest {
    private static final Instant MODIFIED = Instant.parse("2025-11-28T10:00:00.900Z");
    private static final Instant SAME = Instant.parse("2025-11-28T10:00:00Z");

    /** Dates: b is before the change, s its very second, a after it. An empty field is no condition. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ifMatch  | noneMatch | modified | unmodified | result
                     |           |          |            | OK
            "e"      |           |          |            | OK
            e        |           |          |            | OK
            *        |           |          |            | OK
            "x", "e" |           |          |            | OK
            W/"e"    |           |          |            | If-Match
            "x"      |           |          |            | If-Match
                     | "e"       |          |            | NOT_MODIFIED
                     | W/"e"     |          |            | NOT_MODIFIED
                     | *         |          |            | NOT_MODIFIED
                     | "x"       |          |            | OK
                     |           | b        |            | OK
                     |           | s        |            | NOT_MODIFIED
                     |           | a        |            | NOT_MODIFIED
                     |           |          | b          | If-Unmodified-Since
                     |           |          | s          | OK
                     |           |          | a          | OK
            "e"      |           |          | b          | OK
            "x"      |           |          | a          | If-Match
                     | "e"       | b        |            | NOT_MODIFIED
                     | "x"       | a        |            | OK
            "e"      | "e"       |          |            | NOT_MODIFIED
            "x"      | "e"       |          |            | If-Match
                     | "e"       |          | b          | If-Unmodified-Since
            """, useHeadersInDisplayName = true)
    void reads_are_decided_in_the_order_of_rfc_9110(
            @Nullable String ifMatch,
            @Nullable String noneMatch,
            @Nullable String modified,
            @Nullable String unmodified,
            String result) {
        var conditions = new ReadConditions(ifMatch, noneMatch, date(modified), date(unmodified));

        var error = ConditionRules.read(conditions, "e", MODIFIED);

        assertThat(told(error)).isEqualTo(result);
        var copy = told(ConditionRules.copy(conditions, "e", MODIFIED));
        assertThat(copy.equals("OK")).isEqualTo(result.equals("OK"));
        assertThat(copy).isNotEqualTo("NOT_MODIFIED");
    }

    @Test
    void a_write_that_wants_nothing_there_finds_nothing() {
        var conditions = new WriteConditions(null, true);

        assertThat(ConditionRules.write(conditions, "k", null)).isNull();
        assertThat(told(ConditionRules.write(conditions, "k", "e"))).isEqualTo("If-None-Match");
    }

    @Test
    void a_write_that_wants_an_etag_finds_that_one() {
        var conditions = new WriteConditions("e", false);

        assertThat(ConditionRules.write(conditions, "k", "e")).isNull();
        assertThat(told(ConditionRules.write(conditions, "k", "f"))).isEqualTo("If-Match");
        assertThat(told(ConditionRules.write(conditions, "k", null))).isEqualTo("NO_SUCH_KEY");
        assertThat(ConditionRules.write(WriteConditions.NONE, "k", "f")).isNull();
    }

    @Test
    void a_delete_may_want_an_etag_or_any_object() {
        assertThat(ConditionRules.delete(null, "k", null)).isNull();
        assertThat(ConditionRules.delete("e", "k", "e")).isNull();
        assertThat(told(ConditionRules.delete("e", "k", "f"))).isEqualTo("If-Match");
        assertThat(told(ConditionRules.delete("e", "k", null))).isEqualTo("NO_SUCH_KEY");
        assertThat(ConditionRules.delete("*", "k", "f")).isNull();
        assertThat(told(ConditionRules.delete("*", "k", null))).isEqualTo("If-Match");
    }

    private static String told(@Nullable ServiceError error) {
        if (error == null) {
            return "OK";
        }
        return error.code() == ObjectError.PRECONDITION_FAILED
                ? error.details().getOrDefault("Condition", "")
                : error.code().toString();
    }

    private static @Nullable Instant date(@Nullable String name) {
        return name == null ? null : SAME.plusSeconds(name.equals("b") ? -1 : name.equals("s") ? 0 : 1);
    }
}
