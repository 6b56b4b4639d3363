package io.murmuration.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.cluster.Links.Channel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTest {
    /** Frames of 100 bytes, a window of 250. */
    private static final LinkLimits LIMITS = new LinkLimits(100, 10_000, 250, 10, 3_000, 2_000, 500);

    private final List<LinkFrame> sent = new ArrayList<>();
    private final Link one = new Link(LIMITS, 1, 2, 11, sent::add);
    private final List<LinkFrame> answered = new ArrayList<>();
    private final Link two = new Link(LIMITS, 2, 1, 22, answered::add);
    private long now;

    @Test
    void what_waits_leaves_in_one_frame() {
        meet();
        one.enqueue(message("a"));
        one.enqueue(message("b"));

        one.flush(now);

        assertThat(sent).hasSize(1);
        assertThat(deliver()).containsExactly("a", "b");
    }

    @Test
    void a_long_message_goes_in_pieces_and_is_lost_whole_if_one_of_them_is() {
        meet();
        var text = "x".repeat(180);
        one.enqueue(message(text));
        one.flush(now);
        assertThat(sent).hasSize(2);
        assertThat(deliver()).containsExactly(text);
        confirm();

        one.enqueue(message(text));
        one.enqueue(message("next"));
        one.flush(now);
        sent.remove(0);
        assertThat(deliver()).containsExactly("next");
    }

    @Test
    void a_frame_that_comes_twice_is_taken_once() {
        meet();
        one.enqueue(message("a"));
        one.flush(now);
        var frame = sent.get(0);

        assertThat(two.received(frame, now)).hasSize(1);
        assertThat(two.received(frame, now)).isEmpty();
    }

    @Test
    void no_more_than_the_window_is_under_way_until_it_is_confirmed_or_given_up() {
        meet();
        for (int i = 0; i < 10; i++) {
            one.enqueue(message("message " + i + "x".repeat(60)));
        }
        one.flush(now);
        var first = sent.size();
        assertThat(first).isBetween(3, 4);

        assertThat(deliver()).hasSize(first);
        confirm();
        one.flush(now);
        assertThat(sent).hasSize(first);

        sent.clear();
        now += 2_000;
        two.tick(now);
        deliverAnswers();
        one.tick(now);
        one.flush(now);
        assertThat(sent).isNotEmpty();
    }

    @Test
    void nothing_but_greetings_goes_to_a_node_that_is_not_heard() {
        one.enqueue(message("a"));
        one.tick(now);
        one.flush(now);

        assertThat(sent).extracting(LinkFrame::number).containsExactly(0L);
        assertThat(one.dropIfSilent(now)).hasSize(1);
    }

    @Test
    void a_new_session_of_the_other_node_begins_from_the_start() {
        meet();
        one.enqueue(message("a"));
        one.flush(now);
        deliver();

        var restarted = new Link(LIMITS, 1, 2, 12, sent::add);
        two.tick(now + 500);
        answered.forEach(frame -> restarted.received(frame, now + 500));
        restarted.enqueue(message("b"));
        restarted.flush(now + 500);

        assertThat(deliver()).containsExactly("b");
    }

    @Test
    void frames_meant_for_another_node_are_ignored() {
        var stranger = new Link(LIMITS, 3, 1, 33, frame -> {});
        one.tick(now);

        assertThat(stranger.received(sent.get(0), now)).isEmpty();
        assertThat(stranger.isSilent(now)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void under_loss_messages_arrive_in_order_and_never_twice(long seed) {
        meet();
        var random = new Random(seed);
        var arrived = new ArrayList<String>();
        for (int i = 0; i < 300; i++) {
            one.enqueue(message(String.format("%04d", i) + "x".repeat(random.nextInt(250))));
            one.flush(now);
            for (var frame : List.copyOf(sent)) {
                if (random.nextInt(10) > 0) {
                    two.received(frame, now)
                            .forEach(item -> arrived.add(text(item).substring(0, 4)));
                }
            }
            sent.clear();
            two.flush(now);
            if (random.nextBoolean()) {
                deliverAnswers();
            }
            now += 300;
            two.tick(now);
            deliverAnswers();
            one.tick(now);
        }

        assertThat(arrived)
                .as("seed %d", seed)
                .hasSizeGreaterThan(100)
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void frames_keep_their_bytes_and_garbage_is_refused() {
        var frame = new LinkFrame(1, 2, 3, 4, 5, 6, 0, 1, new byte[] {7});
        var bytes = frame.toBytes();

        assertThat(bytes).hasSize(LinkFrame.HEAD_BYTES + 1);
        assertThat(LinkFrame.read(bytes).toBytes()).isEqualTo(bytes);
        for (int length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> LinkFrame.read(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private void meet() {
        one.tick(now);
        deliver();
        two.flush(now);
        two.tick(now);
        deliverAnswers();
        sent.clear();
    }

    private List<String> deliver() {
        var arrived = sent.stream()
                .flatMap(frame -> two.received(frame, now).stream())
                .map(LinkTest::text)
                .toList();
        sent.clear();
        return arrived;
    }

    private void confirm() {
        two.flush(now);
        deliverAnswers();
    }

    private void deliverAnswers() {
        answered.forEach(frame -> one.received(frame, now));
        answered.clear();
    }

    private static LinkItem message(String text) {
        return new LinkItem(
                LinkItem.Kind.MESSAGE, Channel.CONSENSUS, 0, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static String text(LinkItem item) {
        return new String(item.body(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
