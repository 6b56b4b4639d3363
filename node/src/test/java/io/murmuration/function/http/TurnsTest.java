package io.murmuration.function.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class TurnsTest {
    private final Turns turns = new Turns(10);
    private final List<String> begun = new ArrayList<>();

    @Test
    void what_fits_the_budget_begins_and_the_rest_waits_in_order() {
        var first = new CompletableFuture<String>();
        var second = new CompletableFuture<String>();
        take(6, "first", first);
        take(4, "second", second);
        take(5, "third", new CompletableFuture<>());
        take(1, "fourth", new CompletableFuture<>());
        assertThat(begun).containsExactly("first", "second");

        second.complete("done");
        assertThat(begun).containsExactly("first", "second");
        first.complete("done");

        assertThat(begun).containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void what_is_larger_than_the_budget_is_done_alone() {
        var small = new CompletableFuture<String>();
        var large = new CompletableFuture<String>();
        take(1, "small", small);
        take(1000, "large", large);
        take(1, "after", new CompletableFuture<>());
        assertThat(begun).containsExactly("small");

        small.complete("done");
        assertThat(begun).containsExactly("small", "large");
        large.complete("done");

        assertThat(begun).containsExactly("small", "large", "after");
    }

    @Test
    void a_failure_gives_the_room_back() {
        var failing = new CompletableFuture<String>();
        var result = take(10, "failing", failing);
        take(10, "after", new CompletableFuture<>());

        failing.completeExceptionally(new IllegalStateException("x"));

        assertThat(begun).containsExactly("failing", "after");
        assertThat(result.toCompletableFuture()).isCompletedExceptionally();
    }

    private CompletionStage<String> take(long weight, String name, CompletionStage<String> work) {
        return turns.take(weight, () -> {
            begun.add(name);
            return work;
        });
    }
}
