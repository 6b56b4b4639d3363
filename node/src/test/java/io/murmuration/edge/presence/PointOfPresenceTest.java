package io.murmuration.edge.presence;

import static io.murmuration.edge.presence.Scene.await;
import static io.murmuration.edge.presence.Scene.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.edge.behaviour.Selection;
import io.murmuration.edge.caching.Headers;
import io.murmuration.edge.caching.ResponseHead;
import io.murmuration.edge.caching.ViewerRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.stream.BufferOverflowException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointOfPresenceTest {
    private final Scene scene = new Scene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void a_second_viewer_is_answered_from_what_is_kept() {
        assertThat(scene.load("/a").headers().joined("X-Cache")).isEqualTo("Miss from cloudfront");
        scene.clock.advance(Duration.ofSeconds(20));

        var headers = scene.load("/a").headers();

        assertThat(headers.joined("X-Cache")).isEqualTo("Hit from cloudfront");
        assertThat(headers.joined("Age")).isEqualTo("20");
        assertThat(headers.joined("Via")).isEqualTo("1.1 NRT1 (CloudFront)");
        assertThat(headers.joined("Cache-Status")).isEqualTo("\"NRT1\"; hit; ttl=40; key=\"/a\"");
        assertThat(scene.asked).hasSize(1);
    }

    @Test
    void what_is_stale_is_validated_and_lives_on() {
        scene.origin = request -> request.headers().joined("If-None-Match").equals("\"v1\"")
                ? reply(304, "", "ETag", "\"v1\"", "Cache-Control", "max-age=90")
                : reply("ETag", "\"v1\"", "Cache-Control", "max-age=60");
        scene.load("/a");
        scene.clock.advance(Duration.ofSeconds(60));

        var refreshed = scene.get("/a");

        assertThat(await(scene.read(refreshed))).isEqualTo("body");
        assertThat(await(refreshed).head().headers().joined("X-Cache")).isEqualTo("RefreshHit from cloudfront");
        scene.clock.advance(Duration.ofSeconds(89));
        assertThat(scene.load("/a").headers().joined("X-Cache")).isEqualTo("Hit from cloudfront");
        assertThat(scene.asked).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"private", "no-store"})
    void what_turns_out_to_be_one_viewers_is_kept_no_longer(String cacheControl) {
        scene.origin = request -> request.headers().has("If-None-Match")
                ? reply(304, "", "ETag", "\"v1\"", "Cache-Control", cacheControl)
                : reply("ETag", "\"v1\"", "Cache-Control", "max-age=60");
        scene.load("/a");
        scene.clock.advance(Duration.ofSeconds(60));

        assertThat(await(scene.read(scene.get("/a")))).isEqualTo("body");

        assertThat(scene.presence.storedBytes()).isZero();
        scene.origin = request -> reply(503, "down");
        assertThat(scene.load("/a").status()).isEqualTo(503);
    }

    @Test
    void a_304_about_something_else_is_asked_again_without_conditions() {
        scene.origin = request -> switch (scene.asked.size()) {
            case 1 -> reply(200, "old", "ETag", "\"v1\"", "Cache-Control", "max-age=60");
            case 2 -> reply(304, "", "ETag", "\"v2\"");
            default -> reply(200, "new", "ETag", "\"v2\"", "Cache-Control", "max-age=60");
        };
        scene.load("/a");
        scene.clock.advance(Duration.ofSeconds(60));

        assertThat(await(scene.read(scene.get("/a")))).isEqualTo("new");
        assertThat(scene.asked.stream().map(request -> request.headers().has("If-None-Match")))
                .containsExactly(false, true, false);
    }

    @Test
    @Timeout(60)
    void stale_is_served_at_once_while_one_request_revalidates() {
        scene.origin = request -> reply(200, "one", "Cache-Control", "max-age=60, stale-while-revalidate=60");
        scene.load("/a");
        scene.clock.advance(Duration.ofSeconds(90));
        var head = new CompletableFuture<Answer>();
        scene.origin = request -> head;

        var first = scene.load("/a").headers();
        scene.load("/a");

        assertThat(first.joined("Cache-Status"))
                .isEqualTo("\"NRT1\"; hit; ttl=-30; key=\"/a\"; detail=stale-while-revalidate");
        assertThat(scene.asked).hasSize(2);
        reply(200, "two", "Cache-Control", "max-age=60").thenAccept(head::complete);
        String body;
        do {
            // The background reads the new body; whoever asks meanwhile gets the old one.
            body = await(scene.read(scene.get("/a")));
        } while (body.equals("one"));
        assertThat(body).isEqualTo("two");
        assertThat(scene.asked).hasSize(2);
    }

    @Test
    void what_is_stale_is_better_than_an_error() {
        scene.load("/a");
        scene.clock.advance(Duration.ofSeconds(61));
        scene.origin = request -> reply(503, "down");

        var answer = scene.get("/a");

        assertThat(await(scene.read(answer))).isEqualTo("body");
        assertThat(await(answer).head().status()).isEqualTo(200);
        assertThat(await(answer).head().headers().joined("Cache-Status"))
                .isEqualTo("\"NRT1\"; fwd=stale; fwd-status=503; ttl=-1; key=\"/a\"; detail=stale-if-error");
        scene.origin = request -> CompletableFuture.failedStage(new IllegalStateException("no route"));
        assertThat(scene.load("/a").status()).isEqualTo(200);
        assertThat(scene.load("/b").status()).isEqualTo(502);
        assertThat(scene.load("/b").headers().joined("X-Cache")).isEqualTo("Error from cloudfront");
    }

    @Test
    void an_origin_that_throws_has_failed() {
        scene.origin = request -> {
            throw new IllegalStateException("broken");
        };

        assertThat(scene.load("/a").status()).isEqualTo(502);
        assertThat(scene.presence.fillsOpen()).isZero();
    }

    @Test
    void an_error_is_kept_for_its_own_time() {
        scene.origin = request -> reply(404, "none");
        assertThat(scene.load("/a").status()).isEqualTo(404);
        scene.clock.advance(Duration.ofSeconds(9));
        assertThat(scene.load("/a").status()).isEqualTo(404);
        assertThat(scene.asked).hasSize(1);
        scene.clock.advance(Duration.ofSeconds(1));
        scene.load("/a");
        assertThat(scene.asked).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404})
    void with_a_max_ttl_of_zero_nobody_gets_what_another_asked_for(int status) {
        scene.policy = scene.policy.ttls(Duration.ZERO, Duration.ZERO, Duration.ZERO);
        scene.forwarded = Selection.of("Who");
        scene.origin = request -> request.headers().has("If-None-Match")
                ? reply(304, "", "ETag", "\"v\"")
                : reply(status, "for " + request.headers().joined("Who"), "ETag", "\"v\"");

        assertThat(await(scene.read(scene.get("/a", "Who", "alice")))).isEqualTo("for alice");
        assertThat(await(scene.read(scene.get("/a", "Who", "bob")))).isEqualTo("for bob");

        assertThat(scene.presence.storedBytes()).isZero();
        assertThat(scene.presence.fillsOpen()).isZero();
    }

    @Test
    void a_cookie_reaches_the_one_who_asked_and_no_other() {
        scene.cookies = Selection.ALL;
        scene.origin = request -> reply("Set-Cookie", "who=alice", "Cache-Control", "max-age=60");
        var login = scene.ask(new ViewerRequest("POST", "/login", "", Headers.NONE));
        await(scene.read(login));
        assertThat(await(login).head().headers().joined("Set-Cookie")).isEqualTo("who=alice");

        scene.load("/a");
        assertThat(scene.load("/a").headers().has("Set-Cookie")).as("kept").isFalse();

        scene.origin = request -> reply("Set-Cookie", "who=alice", "Cache-Control", "private");
        assertThat(scene.load("/b").headers().joined("Set-Cookie")).isEqualTo("who=alice");

        scene.origin = request -> reply("Set-Cookie", "who=alice", "Cache-Control", "max-age=0", "ETag", "\"v\"");
        assertThat(scene.load("/c").headers().joined("Set-Cookie")).isEqualTo("who=alice");
        scene.origin = request -> reply(304, "", "ETag", "\"v\"", "Set-Cookie", "who=bob");
        assertThat(scene.load("/c").headers().has("Set-Cookie")).isFalse();
    }

    /** CloudFront keeps the errors that it makes itself as long as those of origins. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_origin_that_does_not_answer_is_not_asked_by_everyone(boolean late) {
        var failure = late ? new TimeoutException("late") : new IllegalStateException("no route");
        scene.origin = request -> CompletableFuture.failedStage(failure);

        assertThat(scene.load("/a").status()).isEqualTo(late ? 504 : 502);
        assertThat(scene.load("/a").status()).isEqualTo(late ? 504 : 502);
        scene.clock.advance(Duration.ofMillis(9_999));
        assertThat(scene.load("/a").status()).isEqualTo(late ? 504 : 502);
        assertThat(scene.asked).hasSize(1);

        scene.clock.advance(Duration.ofMillis(1));
        scene.load("/a");
        assertThat(scene.asked).hasSize(2);
        scene.origin = request -> reply("Cache-Control", "max-age=60");
        assertThat(scene.load("/b").status()).as("only what failed").isEqualTo(200);
        scene.presence.invalidate("d1", new InvalidationPath("/a"));
        assertThat(scene.load("/a").status()).as("wanted anew").isEqualTo(200);
    }

    @Test
    void an_origin_that_could_not_be_asked_has_not_failed() {
        scene.origin = request -> CompletableFuture.failedStage(new BufferOverflowException("too many questions"));
        assertThat(scene.load("/a").status()).isEqualTo(502);

        scene.origin = request -> reply("Cache-Control", "max-age=60");

        assertThat(scene.load("/a").status()).isEqualTo(200);
    }

    /** CloudFront: with DefaultTTL 0 and no word of the origin, nothing is reused. */
    @Test
    void without_a_standard_time_nothing_is_reused() {
        scene.policy = scene.policy.ttls(Duration.ZERO, Duration.ZERO, Duration.ofDays(1));
        scene.origin = request -> reply();

        scene.load("/a");
        scene.load("/a");

        assertThat(scene.asked).hasSize(2);
    }

    @Test
    @Timeout(60)
    void a_viewer_that_has_it_gets_a_304_even_from_a_first_fetch() {
        scene.origin = request -> reply("ETag", "\"v1\"", "Cache-Control", "max-age=60");

        var first = scene.get("/a", "If-None-Match", "\"v1\"");
        var second = scene.get("/a", "If-None-Match", "\"v1\"");

        assertThat(await(first).head().status()).isEqualTo(304);
        assertThat(await(scene.read(first))).isEmpty();
        assertThat(await(second).head().status()).isEqualTo(304);
        assertThat(scene.asked).allMatch(request -> !request.headers().has("If-None-Match"));
        String status;
        do {
            // The cache reads on for itself, in the background.
            status = scene.load("/a").headers().joined("X-Cache");
        } while (!status.equals("Hit from cloudfront"));
        assertThat(scene.asked).hasSize(1);
    }

    @Test
    void a_head_is_answered_from_the_whole() {
        scene.load("/a");

        var answer = scene.ask(new ViewerRequest("HEAD", "/a", "", Headers.NONE));

        assertThat(await(scene.read(answer))).isEmpty();
        assertThat(await(answer).head().headers().joined("X-Cache")).isEqualTo("Hit from cloudfront");
    }

    @Test
    void variants_are_kept_side_by_side() {
        scene.forwarded = Selection.of("Accept");
        scene.origin = request ->
                reply(200, request.headers().joined("Accept"), "Cache-Control", "max-age=60", "Vary", "Accept");

        for (int i = 0; i < 2; i++) {
            assertThat(await(scene.read(scene.get("/a", "Accept", "en")))).isEqualTo("en");
            assertThat(await(scene.read(scene.get("/a", "Accept", "de")))).isEqualTo("de");
        }
        assertThat(scene.asked).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"200,2", "500,1"})
    void a_change_that_succeeded_makes_invalid_what_is_kept(int status, int asked) {
        scene.load("/a");
        scene.origin = request -> reply(status, "done");
        await(scene.read(scene.ask(new ViewerRequest("POST", "/a", "", Headers.NONE))));
        scene.asked.clear();
        scene.origin = request -> reply("Cache-Control", "max-age=60");

        scene.load("/a");

        assertThat(scene.asked).hasSize(asked - 1);
    }

    @Test
    void an_invalidation_is_true_for_what_is_kept_and_for_what_is_coming() {
        scene.load("/a");
        var old = new CompletableFuture<Answer>();
        scene.origin = request -> old;
        var waiting = scene.get("/b");

        assertThat(scene.presence.invalidate("d1", new InvalidationPath("/*"))).isOne();

        scene.origin = request -> reply(200, "new", "Cache-Control", "max-age=60");
        assertThat(await(scene.read(scene.get("/b"))))
                .as("does not join the old fetch")
                .isEqualTo("new");
        reply(200, "old", "Cache-Control", "max-age=60").thenAccept(old::complete);
        assertThat(await(scene.read(waiting)))
                .as("asked before, so it may be answered so")
                .isEqualTo("old");
        assertThat(await(scene.read(scene.get("/b")))).isEqualTo("new");
        assertThat(await(scene.read(scene.get("/a")))).isEqualTo("new");
    }

    /** A viewer's path comes as the HTTP library renders it. */
    @ParameterizedTest
    @CsvSource({
        "/~me, /%7Eme, 1",
        "/~me, /%7e*, 1",
        "/caf%C3%A9, /caf%c3%a9, 1",
        "/caf%C3%A9, /café, 1",
        "/b, /a/../b, 1",
        "/a*, /a%2A, 1",
        "/ab, /a%2A, 0",
        "/a%2Fb, /a/b, 0"
    })
    void an_invalidation_means_a_path_however_it_is_escaped(String kept, String said, int forgotten) {
        scene.load(kept);

        assertThat(scene.presence.invalidate("d1", new InvalidationPath(said))).isEqualTo(forgotten);
    }

    @Test
    void a_change_says_what_it_changed_in_any_escape() {
        scene.load("/~me");
        scene.origin = request -> reply(201, "made", "Location", "/%7Eme");
        await(scene.read(scene.ask(new ViewerRequest("POST", "/a", "", Headers.NONE))));

        assertThat(scene.presence.storedBytes()).isZero();
    }

    @Test
    void only_if_cached_never_asks_the_origin() {
        scene.policy = scene.policy.requests(true, false);

        ResponseHead head = scene.load("/a", "Cache-Control", "only-if-cached");

        assertThat(head.status()).isEqualTo(504);
        assertThat(scene.asked).isEmpty();
    }

    @Test
    void a_point_of_presence_has_a_plain_name() {
        assertThatThrownBy(() -> PointOfPresence.create("a\"b", Scene.LIMITS, scene.clock(), scene.materializer))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
