package io.murmuration.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FairSharesTest {
    private static final int TOTAL = 90;

    private final FairShares<String> shares = new FairShares<>(TOTAL);

    @Test
    void one_alone_gets_a_third() {
        assertThat(takeAll("a")).isEqualTo(TOTAL / 3);
        assertThat(shares.free()).isEqualTo(TOTAL - TOTAL / 3);
    }

    @Test
    void many_that_never_give_back_leave_something_for_the_next() {
        for (var kind = 0; kind < 8; kind++) {
            assertThat(takeAll("hangs-" + kind)).isPositive();
        }

        assertThat(takeAll("next")).isPositive();
    }

    @Test
    void what_is_given_back_can_be_taken_again() {
        var taken = takeAll("a");
        for (var each = 0; each < taken; each++) {
            shares.giveBack("a", 1);
        }

        assertThat(shares.free()).isEqualTo(TOTAL);
        assertThat(takeAll("a")).isEqualTo(taken);
    }

    @Test
    void a_first_piece_is_at_most_a_third_and_never_more_than_is_free() {
        assertThat(shares.take("a", TOTAL / 3 + 1)).isFalse();
        assertThat(shares.take("a", TOTAL / 3)).isTrue();
        assertThat(shares.take("b", TOTAL / 3)).isTrue();
        assertThat(shares.take("c", TOTAL / 3)).isTrue();
        assertThat(shares.take("d", 1)).isFalse();
    }

    private int takeAll(String kind) {
        var taken = 0;
        while (shares.take(kind, 1)) {
            taken++;
        }
        return taken;
    }
}
