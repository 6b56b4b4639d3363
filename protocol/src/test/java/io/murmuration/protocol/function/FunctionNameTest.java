package io.murmuration.protocol.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.protocol.ServiceException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionNameTest {
    @ParameterizedTest
    @CsvSource({
        "hello, hello,",
        "hello:7, hello, 7",
        "hello:$LATEST, hello, $LATEST",
        "123456789012:function:hello, hello,",
        "arn:aws:lambda:us-east-1:123456789012:function:hello, hello,",
        "arn:aws:lambda:us-east-1:123456789012:function:hello:live, hello, live"
    })
    void a_name_comes_bare_or_in_an_arn(String text, String name, String qualifier) {
        assertThat(FunctionName.parse(text)).isEqualTo(new FunctionName(name, qualifier));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a:b:c", "../a", "arn:aws:s3:::bucket"})
    void what_is_no_name_is_refused_with_the_pattern(String text) {
        assertThatThrownBy(() -> FunctionName.parse(text))
                .isInstanceOf(ServiceException.class)
                .hasMessage("1 validation error detected: Value '" + text
                        + "' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: "
                        + FunctionName.PATTERN);
    }

    @Test
    void a_name_has_64_characters_at_most() {
        assertThat(FunctionName.parse("n".repeat(64)).name()).hasSize(64);
        assertThatThrownBy(() -> FunctionName.parse("n".repeat(65)))
                .hasMessageContaining("Member must have length less than or equal to 64");
    }

    @Test
    void an_arn_is_a_name_again() {
        for (var name : List.of(new FunctionName("hello", null), new FunctionName("hello", "7"))) {
            assertThat(FunctionName.parse(name.arn("eu-west-1", "123456789012")))
                    .isEqualTo(name);
        }
    }

    @Test
    void two_qualifiers_must_be_the_same() {
        assertThat(FunctionName.parse("hello").with("7").qualifier()).isEqualTo("7");
        assertThat(FunctionName.parse("hello:7").with("7").qualifier()).isEqualTo("7");
        assertThat(FunctionName.parse("hello").with(null).qualifierOrLatest()).isEqualTo("$LATEST");
        assertThatThrownBy(() -> FunctionName.parse("hello:7").with("8"))
                .hasMessage("The derived qualifier from the function name does not match the specified qualifier.");
    }
}
