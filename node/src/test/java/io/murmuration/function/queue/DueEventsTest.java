package io.murmuration.function.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.function.queue.DueEvents.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class DueEventsTest {
    private final DueEvents due = new DueEvents();

    @Test
    void functions_take_turns_and_each_ones_events_keep_their_order() {
        for (var number = 1; number <= 3; number++) {
            add(number, "a", 0);
        }
        add(4, "b", 0);

        assertThat(takeAll(0, event -> true)).containsExactly(1L, 4L, 2L, 3L);
        assertThat(due.nextDue()).isEmpty();
    }

    @Test
    void nothing_is_taken_before_its_time() {
        add(1, "a", 10);
        add(2, "a", 5);

        assertThat(takeAll(4, event -> true)).isEmpty();
        assertThat(due.nextDue()).hasValue(5);
        assertThat(takeAll(5, event -> true)).containsExactly(2L);
        assertThat(due.nextDue()).hasValue(10);
    }

    @Test
    void who_is_not_admitted_keeps_nobody_else() {
        add(1, "hangs", 0);
        add(2, "a", 0);

        assertThat(takeAll(0, event -> event.function().equals("a"))).containsExactly(2L);
        assertThat(takeAll(0, event -> true)).containsExactly(1L);
    }

    @Test
    void a_paused_function_waits_longer_each_time_in_a_row_and_others_go_on() {
        add(1, "throttled", 0);
        add(2, "a", 0);

        due.pause("throttled", 0, times -> 10L << times);
        due.pause("throttled", 1, times -> 10L << times);

        assertThat(takeAll(9, event -> true)).containsExactly(2L);
        assertThat(due.nextDue()).hasValue(10);
        due.pause("throttled", 10, times -> 10L << times);
        assertThat(due.nextDue()).hasValue(30);

        due.resume("throttled");

        assertThat(takeAll(11, event -> true)).containsExactly(1L);
    }

    private void add(long number, String function, long dueMillis) {
        due.add(new Waiting(number, function, dueMillis, 1));
    }

    private List<Long> takeAll(long nowMillis, Predicate<Waiting> admitted) {
        var taken = new ArrayList<Long>();
        for (var next = due.takeDue(nowMillis, admitted); next.isPresent(); next = due.takeDue(nowMillis, admitted)) {
            taken.add(next.get().number());
        }
        return taken;
    }
}
