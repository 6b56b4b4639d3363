package io.murmuration.edge.presence;

import static io.murmuration.edge.presence.Scene.await;
import static io.murmuration.edge.presence.Scene.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.edge.behaviour.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.Done;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.OverflowStrategy;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.SinkQueueWithCancel;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.stream.javadsl.SourceQueueWithComplete;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One fetch for all who want the same, and what it must not do to them. */
class CollapsingTest {
    private final Scene scene = new Scene();

    @AfterEach
    void stop() {
        scene.close();
    }

    /** A body that the test writes; {@code ended} is done when nobody reads it any more or it is at its end. */
    private record Written(
            SourceQueueWithComplete<ByteString> queue,
            Source<ByteString, NotUsed> source,
            CompletableFuture<Done> ended) {
        void write(String text) {
            await(queue.offer(ByteString.fromString(text)).toCompletableFuture());
        }
    }

    private static Optional<String> next(SinkQueueWithCancel<ByteString> reader) {
        return await(reader.pull().toCompletableFuture()).map(ByteString::utf8String);
    }

    private Written written() {
        var materialized =
                Source.<ByteString>queue(100, OverflowStrategy.backpressure()).preMaterialize(scene.materializer);
        var ended = new CompletableFuture<Done>();
        var source = materialized.second().watchTermination((none, done) -> {
            done.whenComplete((yes, failure) -> ended.complete(Done.getInstance()));
            return none;
        });
        return new Written(materialized.first(), source, ended);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void a_hundred_viewers_of_a_cold_page_cause_one_request(long seed) {
        var random = new Random(seed);
        var body = "x".repeat(1 + random.nextInt(8000));
        var head = new CompletableFuture<Answer>();
        scene.origin = request -> head;
        int early = random.nextInt(101);
        var answers = new ConcurrentLinkedQueue<CompletableFuture<Answer>>();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 100; i++) {
                if (i == early) {
                    threads.execute(() -> answer(head, body, seed));
                }
                threads.execute(() -> answers.add(scene.get("/page")));
            }
        }
        answer(head, body, seed);

        assertThat(answers).hasSize(100);
        for (var answer : answers) {
            assertThat(await(scene.read(answer))).as("seed=%s", seed).isEqualTo(body);
        }
        assertThat(scene.asked).as("seed=%s", seed).hasSize(1);
        assertThat(answers.stream().filter(CollapsingTest::leads))
                .as("seed=%s", seed)
                .hasSize(1);
        assertThat(scene.load("/page").headers().first("X-Cache")).contains("Hit from cloudfront");
        assertThat(scene.presence.fillsOpen()).isZero();
        assertThat(scene.presence.fillingBytes()).isZero();
    }

    private static void answer(CompletableFuture<Answer> head, String body, long seed) {
        reply(200, chunked(body, seed), "Cache-Control", "max-age=60").thenAccept(head::complete);
    }

    private static boolean leads(CompletableFuture<Answer> answer) {
        var status = await(answer).head().headers().joined("Cache-Status");
        return status.contains("fwd=uri-miss") && !status.contains("collapsed");
    }

    private static Source<ByteString, NotUsed> chunked(String text, long seed) {
        var random = new Random(seed);
        var chunks = new ArrayList<ByteString>();
        for (int at = 0; at < text.length(); ) {
            int to = Math.min(text.length(), at + 1 + random.nextInt(1000));
            chunks.add(ByteString.fromString(text.substring(at, to)));
            at = to;
        }
        return Source.from(chunks);
    }

    @Test
    void who_comes_late_gets_the_whole_from_its_beginning_while_it_comes() {
        var body = written();
        scene.origin = request -> reply(200, body.source(), "Cache-Control", "max-age=60");

        var first = await(scene.get("/a")).body().runWith(Sink.queue(), scene.materializer);
        body.write("one");
        assertThat(next(first)).contains("one");
        var late = await(scene.get("/a")).body().runWith(Sink.queue(), scene.materializer);
        assertThat(next(late)).contains("one");
        body.write("two");
        assertThat(next(first)).contains("two");
        assertThat(next(late)).contains("two");
        body.queue().complete();

        assertThat(next(first)).isEmpty();
        assertThat(next(late)).isEmpty();
        assertThat(scene.asked).hasSize(1);
    }

    @Test
    void one_that_reads_nothing_and_one_that_leaves_do_not_stop_the_others() {
        var body = written();
        scene.origin = request -> reply(200, body.source(), "Cache-Control", "max-age=60");

        var leaving = await(scene.get("/a")).body().runWith(Sink.queue(), scene.materializer);
        var sleeping = await(scene.get("/a")).body().runWith(Sink.queue(), scene.materializer);
        var reading = scene.read(scene.get("/a"));
        body.write("one");
        assertThat(next(leaving)).contains("one");
        leaving.cancel();
        body.write("two");
        body.queue().complete();

        assertThat(await(reading)).isEqualTo("onetwo");
        assertThat(next(sleeping)).contains("one");
        assertThat(next(sleeping)).contains("two");
        assertThat(next(sleeping)).isEmpty();
        assertThat(scene.asked).hasSize(1);
    }

    @Test
    void the_fetch_ends_when_the_last_one_leaves() {
        var body = written();
        scene.origin = request -> reply(200, body.source(), "Cache-Control", "max-age=60");
        var one = await(scene.get("/a")).body().runWith(Sink.queue(), scene.materializer);
        var other = await(scene.get("/a")).body().runWith(Sink.queue(), scene.materializer);

        one.cancel();
        other.cancel();

        await(body.ended());
        scene.origin = request -> reply("Cache-Control", "max-age=60");
        assertThat(await(scene.read(scene.get("/a")))).isEqualTo("body");
        assertThat(scene.asked).hasSize(2);
    }

    @Test
    void viewers_that_leave_before_the_answer_end_it_too() {
        var body = written();
        var head = new CompletableFuture<Answer>();
        scene.origin = request -> head;
        var one = scene.get("/a");
        var other = scene.get("/a");

        one.cancel(false);
        assertThat(scene.presence.fillsOpen()).isOne();
        other.cancel(false);
        assertThat(scene.presence.fillsOpen()).isZero();
        reply(200, body.source(), "Cache-Control", "max-age=60").thenAccept(head::complete);

        await(body.ended());
        assertThat(scene.presence.storedBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"private", "no-store", "max-age=0", "no-cache"})
    void what_is_of_no_use_to_others_releases_them_at_once(String cacheControl) {
        var head = new CompletableFuture<Answer>();
        var answered = new AtomicInteger();
        scene.origin = request -> scene.asked.size() == 1
                ? head
                : reply(200, "own" + answered.incrementAndGet(), "Cache-Control", cacheControl, "ETag", "\"v\"");
        var answers = new ArrayList<CompletableFuture<Answer>>();
        for (int i = 0; i < 10; i++) {
            answers.add(scene.get("/a"));
        }
        assertThat(scene.asked).hasSize(1);
        var endless = written();
        reply(200, endless.source(), "Cache-Control", cacheControl, "ETag", "\"v\"")
                .thenAccept(head::complete);

        var others = answers.subList(1, 10).stream()
                .map(scene::read)
                .map(Scene::await)
                .toList();

        assertThat(others).doesNotHaveDuplicates().hasSize(9);
        assertThat(scene.asked).hasSize(10);
        await(scene.read(scene.get("/a")));
        assertThat(scene.asked)
                .as("nobody waits for an answer of that kind again")
                .hasSize(11);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_body_that_is_too_large_goes_through_and_is_not_kept(boolean announced) {
        var text = "x".repeat(50_000);
        scene.origin = request -> announced
                ? reply(200, chunked(text, 1), "Cache-Control", "max-age=60", "Content-Length", "50000")
                : reply(200, chunked(text, 1), "Cache-Control", "max-age=60");

        assertThat(await(scene.read(scene.get("/a")))).isEqualTo(text);
        assertThat(await(scene.read(scene.get("/a")))).isEqualTo(text);
        assertThat(scene.asked).hasSize(2);
        assertThat(scene.presence.storedBytes()).isZero();
        assertThat(scene.presence.fillingBytes()).isZero();
    }

    /** The one who has had everything goes on; the other would hold the rest of an endless body. */
    @Test
    void of_two_readers_of_a_large_body_the_one_far_behind_is_broken_off() {
        var text = "x".repeat(200_000);
        var head = new CompletableFuture<Answer>();
        scene.origin = request -> head;
        var sleeping = scene.get("/a");
        var reading = scene.read(scene.get("/a"));
        reply(200, chunked(text, 1), "Cache-Control", "max-age=60").thenAccept(head::complete);
        var asleep = await(sleeping).body().runWith(Sink.queue(), scene.materializer);

        advanceUntil(reading);
        assertThat(await(reading)).isEqualTo(text);
        assertThatThrownBy(() -> {
                    while (next(asleep).isPresent()) {
                        assertThat(scene.asked).hasSize(1);
                    }
                })
                .hasRootCauseInstanceOf(SlowReaderException.class);
    }

    private void advanceUntil(CompletableFuture<String> done) {
        while (true) {
            try {
                done.get(100, TimeUnit.MILLISECONDS);
                return;
            } catch (TimeoutException notYet) {
                scene.clock.advance(Duration.ofSeconds(1));
            } catch (InterruptedException | ExecutionException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    /** A viewer by a slow line: the others are no faster, but nobody loses what it has begun. */
    @Test
    void a_large_body_goes_at_the_pace_of_the_slowest_reader() {
        var text = "x".repeat(200_000);
        var head = new CompletableFuture<Answer>();
        scene.origin = request -> head;
        var slow = scene.get("/a");
        var reading = scene.read(scene.get("/a"));
        reply(200, chunked(text, 1), "Cache-Control", "max-age=60").thenAccept(head::complete);
        var queue = await(slow).body().runWith(Sink.queue(), scene.materializer);

        int got = 0;
        for (var part = next(queue); part.isPresent(); part = next(queue)) {
            got += part.get().length();
            scene.clock.advance(Duration.ofSeconds(SharedBody.PATIENCE_SECONDS - 1));
        }

        assertThat(got).isEqualTo(text.length());
        assertThat(await(reading)).isEqualTo(text);
    }

    @Test
    void viewers_that_the_origin_tells_apart_wait_only_for_their_own() {
        scene.forwarded = Selection.of("Accept");
        var heads = new CompletableFuture<Answer>();
        scene.origin = request -> {
            var accept = request.headers().joined("Accept");
            return scene.asked.size() == 1
                    ? heads
                    : reply(200, accept, "Cache-Control", "max-age=60", "Vary", "Accept");
        };
        var answers = new ArrayList<CompletableFuture<Answer>>();
        for (int i = 0; i < 20; i++) {
            answers.add(scene.get("/a", "Accept", i % 2 == 0 ? "en" : "de"));
        }
        reply(200, "en", "Cache-Control", "max-age=60", "Vary", "Accept").thenAccept(heads::complete);

        var bodies = answers.stream().map(scene::read).map(Scene::await).toList();

        for (int i = 0; i < 20; i++) {
            assertThat(bodies.get(i)).isEqualTo(i % 2 == 0 ? "en" : "de");
        }
        assertThat(scene.asked).hasSize(2);
    }

    @Test
    void an_origin_that_fails_fails_for_all_who_wait_and_is_asked_once() {
        var head = new CompletableFuture<Answer>();
        scene.origin = request -> head;
        var answers = List.of(scene.get("/a"), scene.get("/a"), scene.get("/a"));
        head.completeExceptionally(new TimeoutException("late"));

        assertThat(answers.stream().map(Scene::await).map(answer -> answer.head()
                        .status()))
                .containsOnly(504);
        assertThat(scene.asked).hasSize(1);
    }

    @Test
    void a_body_that_breaks_off_breaks_off_for_all_and_is_not_kept() {
        var body = written();
        scene.origin = request -> reply(200, body.source(), "Cache-Control", "max-age=60");
        var one = scene.read(scene.get("/a"));
        var other = scene.read(scene.get("/a"));
        body.write("half");
        body.queue().fail(new IllegalStateException("gone"));

        assertThatThrownBy(() -> await(one)).hasMessageContaining("gone");
        assertThatThrownBy(() -> await(other)).hasMessageContaining("gone");
        assertThat(scene.presence.storedBytes()).isZero();
    }

    @Test
    void a_body_shorter_than_announced_is_not_kept() {
        scene.origin = request -> reply(200, "body", "Cache-Control", "max-age=60", "Content-Length", "5");

        await(scene.read(scene.get("/a")));

        assertThat(scene.presence.storedBytes()).isZero();
    }
}
