package io.murmuration.edge.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.edge.behaviour.CacheKey;
import io.murmuration.edge.caching.Headers;
import io.murmuration.edge.caching.ResponseHead;
import io.murmuration.edge.caching.StoredHead;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheStoreTest {
    private final CacheStore store = new CacheStore(Scene.LIMITS);

    /** CloudFront, "Invalidate files": a star only at the end, case counts, the query belongs to the path, the leading slash may be left out. */
    @ParameterizedTest
    @CsvSource({
        "/a,'/a'",
        "a,'/a'",
        "/a*,'/a,/a/b,/a/b?q=1,/ab'",
        "/a/*,'/a/b,/a/b?q=1'",
        "/a/b,/a/b",
        "/a/b?q=1,/a/b?q=1",
        "/a/b*,'/a/b,/a/b?q=1'",
        "/*,'/A,/a,/a/b,/a/b?q=1,/ab'",
        "/A,/A",
        "/b,''",
    })
    void an_invalidation_forgets_what_its_path_means(String path, String forgotten) {
        var uris = List.of("/A", "/a", "/a/b", "/a/b?q=1", "/ab");
        uris.forEach(uri -> put(key("d1", uri, "x")));
        uris.forEach(uri -> put(key("d1", uri, "y")));
        uris.forEach(uri -> put(key("d2", uri, "x")));

        var count = store.invalidate("d1", new InvalidationPath(path));

        var gone = uris.stream().filter(uri -> !kept(key("d1", uri, "x"))).toList();
        assertThat(gone).isEqualTo(forgotten.isEmpty() ? List.of() : List.of(forgotten.split(",")));
        assertThat(count).isEqualTo(2 * gone.size());
        assertThat(uris).allMatch(uri -> kept(key("d1", uri, "x")) == kept(key("d1", uri, "y")));
        assertThat(uris).allMatch(uri -> kept(key("d2", uri, "x")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a*b", "*.jpg", "/**"})
    void a_star_elsewhere_is_refused_in_cloudfronts_words(String path) {
        assertThatThrownBy(() -> new InvalidationPath(path))
                .hasMessage("Your request contains one or more invalid invalidation paths.");
        assertThatThrownBy(() -> new InvalidationPath("/" + "a".repeat(4000)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void what_was_begun_before_an_invalidation_is_not_kept_after_it() {
        var before = store.begin(key("d1", "/a", ""));
        var elsewhere = store.begin(key("d1", "/b", ""));
        store.invalidate("d1", new InvalidationPath("/a"));
        var after = store.begin(key("d1", "/a", ""));

        assertThat(store.put(before, response("old"))).isFalse();
        assertThat(kept(key("d1", "/a", ""))).isFalse();
        assertThat(store.put(after, response("new"))).isTrue();
        assertThat(store.put(before, response("old"))).isFalse();
        assertThat(store.put(elsewhere, response("b"))).isTrue();
        assertThat(store.find(key("d1", "/a", "")).responses()).containsExactly(response("new"));
        assertThat(store.generation()).isOne();
    }

    @Test
    void a_ticket_that_was_given_back_keeps_nothing() {
        var ticket = store.begin(key("d1", "/a", ""));
        store.end(ticket);

        assertThat(store.put(ticket, response("x"))).isFalse();
        assertThat(store.find(key("d1", "/a", "")).responses()).isEmpty();
        assertThat(store.indexed(key("d1", "/a", ""))).isFalse();
    }

    /** OriginReadTimeout may be up to 180 s. */
    @Test
    void no_body_is_given_up_before_the_time_that_its_origin_may_have() {
        assertThat(CacheLimits.STANDARD.originIdle()).isGreaterThanOrEqualTo(Duration.ofMinutes(3));
        assertThat(CacheLimits.share(1_000_000, 10).originIdle()).isGreaterThanOrEqualTo(Duration.ofMinutes(3));
    }

    /** On the heap of a 64-bit machine such a response takes 1.1 to 1.8 KiB, whatever its body. */
    @Test
    void what_is_tiny_counts_for_the_memory_it_takes() {
        var head = new ResponseHead(
                200,
                Headers.of(
                        "Cache-Control", "max-age=60",
                        "Content-Type", "text/plain",
                        "Content-Length", "4",
                        "Date", "Sun, 06 Nov 1994 08:49:37 GMT",
                        "ETag", "\"v1\""));
        var tiny = new StoredResponse(new StoredHead(head, Headers.NONE, 0, 0), List.of(ByteString.fromString("body")));

        assertThat(tiny.sizeBytes()).isBetween(1827, 2500);
        assertThat(Headers.of("a", "").sizeBytes()).isGreaterThan(100);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void it_stays_within_its_bytes_and_the_index_knows_what_is_there(long seed) {
        var random = new Random(seed);
        var small = new CacheStore(
                new CacheLimits(50_000, 10_000, 100_000, 4, Duration.ofMinutes(1), Duration.ofMinutes(1)));
        for (int i = 0; i < 3000; i++) {
            var key = key("d1", "/" + random.nextInt(300), "");
            switch (random.nextInt(10)) {
                case 0 -> small.invalidate("d1", new InvalidationPath(key.uri()));
                case 1 -> small.invalidate("d1", new InvalidationPath(key.uri() + "*"));
                default -> put(small, key, "x".repeat(random.nextInt(3000)));
            }
        }

        assertThat(small.sizeBytes()).as("seed=%s", seed).isPositive().isLessThanOrEqualTo(50_000);
        for (int i = 0; i < 300; i++) {
            var key = key("d1", "/" + i, "");
            assertThat(small.indexed(key))
                    .as("seed=%s key=%s", seed, key)
                    .isEqualTo(!small.find(key).responses().isEmpty());
        }
        small.invalidate("d1", new InvalidationPath("/*"));
        assertThat(small.sizeBytes()).isZero();
    }

    @Test
    void a_key_has_so_many_variants_and_the_oldest_goes_first() {
        var key = key("d1", "/a", "");
        for (int i = 0; i < 20; i++) {
            var ticket = store.begin(key);
            store.put(ticket, variant("v" + i));
            store.put(ticket, variant("v" + i));
        }

        assertThat(store.find(key).responses())
                .hasSize(16)
                .startsWith(variant("v4"))
                .endsWith(variant("v19"));
    }

    private static CacheKey key(String distribution, String uri, String rest) {
        return new CacheKey(distribution, uri, rest);
    }

    private void put(CacheKey key) {
        put(store, key, "x");
    }

    private static void put(CacheStore store, CacheKey key, String body) {
        var ticket = store.begin(key);
        store.put(ticket, response(body));
        store.end(ticket);
    }

    private boolean kept(CacheKey key) {
        return !store.find(key).responses().isEmpty();
    }

    private static StoredResponse response(String body) {
        var head = new StoredHead(new ResponseHead(200, Headers.NONE), Headers.NONE, 0, 0);
        return new StoredResponse(head, List.of(ByteString.fromString(body)));
    }

    private static StoredResponse variant(String accept) {
        var head = new ResponseHead(200, Headers.of("Vary", "Accept"));
        return new StoredResponse(new StoredHead(head, Headers.of("Accept", accept), 0, 0), List.of());
    }
}
