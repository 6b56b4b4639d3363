package io.murmuration.journal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.base.Clock;
import org.junit.jupiter.api.Test;

class ClusterSignatureTest {
    private static final long NOW = 1_790_000_000_000L;

    private static ClusterSignature at(String secret, long millis) {
        return new ClusterSignature(secret, new Clock() {
            @Override
            public long millis() {
                return millis;
            }

            @Override
            public long nanos() {
                return 0;
            }
        });
    }

    @Test
    void a_request_of_the_same_cluster_is_known() {
        var header = at("secret", NOW).sign("GET", "/a?b=1");

        assertThat(at("secret", NOW).isSigned("GET", "/a?b=1", header)).isTrue();
        assertThat(at("secret", NOW + 299_000).isSigned("GET", "/a?b=1", header))
                .isTrue();
        assertThat(at("secret", NOW - 299_000).isSigned("GET", "/a?b=1", header))
                .isTrue();
    }

    @Test
    void anything_else_is_refused() {
        var header = at("secret", NOW).sign("GET", "/a?b=1");
        var known = at("secret", NOW);

        assertThat(at("other", NOW).isSigned("GET", "/a?b=1", header)).isFalse();
        assertThat(known.isSigned("PUT", "/a?b=1", header)).isFalse();
        assertThat(known.isSigned("GET", "/a?b=2", header)).isFalse();
        assertThat(known.isSigned("GET", "/a?b=1", "1" + header)).isFalse();
        assertThat(known.isSigned("GET", "/a?b=1", header.substring(0, header.length() - 1)))
                .isFalse();
        assertThat(known.isSigned("GET", "/a?b=1", "")).isFalse();
        assertThat(known.isSigned("GET", "/a?b=1", ".")).isFalse();
        assertThat(at("secret", NOW + 301_000).isSigned("GET", "/a?b=1", header))
                .isFalse();
        assertThat(at("secret", NOW - 301_000).isSigned("GET", "/a?b=1", header))
                .isFalse();
    }

    @Test
    void an_answer_belongs_to_its_request() {
        var signature = at("secret", NOW);
        var one = signature.sign("GET", "/a");
        var other = signature.sign("GET", "/b");

        assertThat(signature.isAnswer(one, signature.answer(one))).isTrue();
        assertThat(signature.isAnswer(other, signature.answer(one))).isFalse();
        assertThat(signature.isAnswer(one, one)).isFalse();
    }
}
