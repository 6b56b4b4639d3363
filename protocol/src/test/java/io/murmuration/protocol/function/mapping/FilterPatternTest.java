package io.murmuration.protocol.function.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples of the documentation of EventBridge's patterns, and what lies beside them. */
class FilterPatternTest {
    private static final String RECORD = """
            {"eventName": "MODIFY", "size": 5, "flag": true, "none": null, "tags": ["a", "b"],
             "dynamodb": {"Keys": {"id": {"S": "bird-7"}}, "NewImage": {"v": {"N": "12"}}}}""";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"eventName\": [\"INSERT\", \"MODIFY\"]}",
                "{\"size\": [5.0]}",
                "{\"flag\": [true]}",
                "{\"none\": [null]}",
                "{\"tags\": [\"b\"]}",
                "{\"dynamodb\": {\"Keys\": {\"id\": {\"S\": [{\"prefix\": \"bird\"}]}}}}",
                "{\"dynamodb\": {\"Keys\": {\"id\": {\"S\": [{\"suffix\": \"-7\"}]}}}}",
                "{\"eventName\": [{\"equals-ignore-case\": \"modify\"}]}",
                "{\"eventName\": [{\"anything-but\": \"REMOVE\"}]}",
                "{\"eventName\": [{\"anything-but\": [\"REMOVE\", \"INSERT\"]}]}",
                "{\"eventName\": [{\"anything-but\": {\"prefix\": \"INS\"}}]}",
                "{\"size\": [{\"numeric\": [\">\", 0, \"<=\", 5]}]}",
                "{\"size\": [{\"numeric\": [\"=\", 5]}]}",
                "{\"dynamodb\": {\"NewImage\": {\"v\": [{\"exists\": true}]}}}",
                "{\"dynamodb\": {\"OldImage\": {\"v\": [{\"exists\": false}]}}}",
                "{\"$or\": [{\"size\": [6]}, {\"flag\": [true]}]}"
            })
    void it_matches(String pattern) {
        assertThat(matches(pattern)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"eventName\": [\"modify\"]}",
                "{\"size\": [\"5\"]}",
                "{\"flag\": [\"true\"]}",
                "{\"absent\": [null]}",
                "{\"tags\": [\"c\"]}",
                "{\"eventName\": [\"MODIFY\"], \"size\": [6]}",
                "{\"dynamodb\": {\"Keys\": {\"id\": {\"S\": [{\"prefix\": \"Bird\"}]}}}}",
                "{\"eventName\": [{\"anything-but\": [\"MODIFY\"]}]}",
                "{\"absent\": [{\"anything-but\": \"x\"}]}",
                "{\"size\": [{\"numeric\": [\">\", 5]}]}",
                "{\"eventName\": [{\"numeric\": [\">\", 5]}]}",
                "{\"dynamodb\": {\"NewImage\": {\"v\": [{\"exists\": false}]}}}",
                "{\"$or\": [{\"size\": [6]}, {\"flag\": [false]}]}"
            })
    void it_does_not_match(String pattern) {
        assertThat(matches(pattern)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no json",
                "[]",
                "{}",
                "{\"a\": 1}",
                "{\"a\": []}",
                "{\"a\": {}}",
                "{\"a\": [{\"regex\": \"x\"}]}",
                "{\"a\": [{\"prefix\": 1}]}",
                "{\"a\": [{\"exists\": 1}]}",
                "{\"a\": [{\"numeric\": [\">\"]}]}",
                "{\"a\": [{\"numeric\": [\"~\", 1]}]}",
                "{\"a\": [{\"prefix\": \"x\", \"suffix\": \"y\"}]}",
                "{\"$or\": [{\"a\": [1]}]}"
            })
    void what_is_no_pattern_is_refused(String pattern) {
        assertThatThrownBy(() -> FilterPattern.parse(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void of_several_patterns_one_has_to_match_and_none_lets_all_pass() {
        var patterns = List.of(FilterPattern.parse("{\"size\": [6]}"), FilterPattern.parse("{\"flag\": [true]}"));

        assertThat(FilterPattern.matchesAny(patterns, RECORD.getBytes(UTF_8))).isTrue();
        assertThat(FilterPattern.matchesAny(List.of(), RECORD.getBytes(UTF_8))).isTrue();
    }

    private static boolean matches(String pattern) {
        return FilterPattern.matchesAny(List.of(FilterPattern.parse(pattern)), RECORD.getBytes(UTF_8));
    }
}
