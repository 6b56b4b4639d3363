package io.murmuration.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplyBudgetTest {
    private final ReplyBudget budget = new ReplyBudget(100);
    private final ReplyBudget.Share share = budget.open();

    @Test
    void replies_have_room_up_to_the_bound_and_no_further() {
        assertThat(share.take(60)).isTrue();
        assertThat(budget.open().take(41)).isFalse();
        assertThat(budget.open().take(40)).isTrue();
        assertThat(budget.held()).isEqualTo(100);
    }

    @Test
    void a_reply_that_is_alone_has_room_whatever_its_size() {
        assertThat(share.take(101)).isTrue();
        assertThat(share.take(1)).isFalse();
    }

    @Test
    void a_reply_that_is_written_makes_room() {
        share.take(60);
        share.begin(60);
        assertThat(budget.held()).isEqualTo(60);

        share.end(60);

        assertThat(budget.held()).isZero();
    }

    @Test
    void a_connection_that_ends_gives_back_what_it_has_not_begun() {
        share.take(60);

        share.close();

        assertThat(budget.held()).isZero();
    }

    @Test
    void what_is_begun_is_given_back_at_its_own_end_and_only_then() {
        share.take(60);
        share.begin(60);

        share.close();
        assertThat(budget.held()).isEqualTo(60);

        share.end(60);
        assertThat(budget.held()).isZero();
    }

    @Test
    void a_reply_that_a_closed_connection_still_writes_counts_from_its_beginning() {
        share.take(60);
        share.close();

        share.begin(60);
        assertThat(budget.held()).isEqualTo(60);

        share.end(60);
        assertThat(budget.held()).isZero();
    }

    @Test
    void a_closed_connection_has_no_more_room_than_others_and_reserves_none() {
        budget.open().take(60);
        share.close();

        assertThat(share.take(41)).isFalse();
        assertThat(share.take(40)).isTrue();
        assertThat(budget.held()).isEqualTo(60);
    }
}
