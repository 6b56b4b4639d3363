package io.murmuration.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.base.Clock;
import io.murmuration.edge.http.Viewer.Ask;
import io.murmuration.edge.http.Viewer.Response;
import io.murmuration.journal.LocalCluster;
import io.murmuration.journal.http.ClusterSignature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.DefaultCacheBehavior;
import software.amazon.awssdk.services.cloudfront.model.DistributionConfig;
import software.amazon.awssdk.services.cloudfront.model.ForwardedValues;
import software.amazon.awssdk.services.cloudfront.model.ViewerProtocolPolicy;

/** What viewers get of distributions, on three nodes, by real HTTP. London's point of presence is on node 1, Tokyo's on 2, Sydney's on 3. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings({"deprecation", "unchecked"
}) // the older way to say what is cached is tested too; the SDK takes lists of builders
class ViewersTest {
    private static final String TOKYO = "127.81.0.1";
    private static final String ALL_VIEWER_EXCEPT_HOST = "b689b0a8-53d0-40ab-baf2-68738e2966ac";
    private static final String ALL_VIEWER = "216adef6-5c7f-47e4-b989-5492eafa07d3";

    private final AtomicInteger reference = new AtomicInteger();
    private EdgeCluster cluster;
    private CloudFrontClient client;
    private Viewer viewer;
    private CountingOrigin origin;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        cluster = new EdgeCluster(folder);
        client = cluster.client(1);
        viewer = new Viewer();
        cluster.open(1, "LHR1");
        cluster.open(2, "NRT1");
        cluster.open(3, "SYD1");
    }

    @AfterAll
    void stop() throws Exception {
        viewer.close();
        client.close();
        cluster.close();
    }

    @BeforeEach
    void openOrigin() {
        origin = new CountingOrigin();
    }

    @AfterEach
    void closeOrigin() {
        origin.close();
    }

    @Test
    void a_distribution_answers_at_its_host_at_its_aliases_and_at_a_path() {
        var id = made(c -> c.aliases(a -> a.quantity(2).items("www.example.com", "*.example.org")));

        for (var ask : List.of(
                at(1, id),
                Ask.get(cluster.port(1), id.toLowerCase(Locale.ROOT) + ".cloudfront.net", "/x"),
                Ask.get(cluster.port(1), id.toLowerCase(Locale.ROOT) + ".cloudfront.localhost.localstack.cloud", "/x"),
                Ask.get(cluster.port(1), "WWW.example.com:" + cluster.port(1), "/x"),
                Ask.get(cluster.port(1), "any.example.org", "/x"),
                Ask.get(cluster.port(1), "very.any.example.org", "/x"),
                Ask.get(cluster.port(1), "localhost", "/_aws/cloudfront/" + id + "/x"))) {
            assertThat(viewer.now(ask).body()).as(ask.host()).isEqualTo("body");
        }
        assertThat(origin.count()).isEqualTo(1);
        assertThat(origin.asked.getFirst().uri()).isEqualTo("/x");
        assertThat(origin.asked.getFirst().host()).isEqualTo("localhost:" + origin.port());
        assertThat(origin.asked.getFirst().header("User-Agent")).isEqualTo("Amazon CloudFront");
    }

    @Test
    void what_is_no_distribution_is_forbidden() {
        var unknown = viewer.now(Ask.get(cluster.port(1), "e0000000000000.cloudfront.localhost", "/x"));

        assertThat(unknown.status()).isEqualTo(403);
        assertThat(unknown.header("X-Cache")).isEqualTo("Error from cloudfront");
        var disabled = made(c -> c.enabled(false));
        assertThat(viewer.now(at(2, disabled)).status()).isEqualTo(403);
        assertThat(viewer.now(Ask.get(cluster.port(1), "localhost", "/x")).status())
                .as("no host of the CDN")
                .isEqualTo(404);
    }

    @Test
    void a_viewer_gets_its_answer_from_the_nearest_whatever_node_it_asks() {
        var id = made(c -> c);

        var first = viewer.now(at(1, id).from(TOKYO));
        var again = viewer.now(at(3, id).from(TOKYO));
        var elsewhere = viewer.now(at(3, id));

        assertThat(first.header("X-Cache")).isEqualTo("Miss from cloudfront");
        assertThat(first.header("X-Amz-Cf-Pop")).isEqualTo("NRT1");
        assertThat(first.header("X-Murmur-Distance-Km")).isEqualTo("0");
        assertThat(again.header("X-Cache")).isEqualTo("Hit from cloudfront");
        assertThat(again.header("X-Amz-Cf-Pop")).isEqualTo("NRT1");
        assertThat(again.header("Via")).isEqualTo("1.1 NRT1 (CloudFront)");
        assertThat(again.header("Age")).matches("[0-9]+");
        assertThat(again.header("Cache-Status"))
                .startsWith("\"NRT1\"; hit; ttl=")
                .endsWith("; key=\"/x\"");
        assertThat(again.header("X-Amz-Cf-Id")).hasSize(52).isNotEqualTo(first.header("X-Amz-Cf-Id"));
        assertThat(again.headers()).doesNotContainKeys("x-amzn-requestid", "x-murmur-signature");
        assertThat(elsewhere.header("X-Cache")).isEqualTo("Miss from cloudfront");
        assertThat(elsewhere.header("X-Amz-Cf-Pop")).isEqualTo("LHR1");
        assertThat(origin.count()).isEqualTo(2);
    }

    @Test
    void a_viewer_may_say_where_it_is_but_no_proxy_may() {
        var id = made(c -> c);

        assertThat(pop(at(1, id, "x-murmur-viewer", "Auckland"))).isEqualTo("SYD1");
        assertThat(pop(at(1, id, "x-murmur-viewer", "35,139"))).isEqualTo("NRT1");
        assertThat(viewer.now(at(1, id, "x-murmur-viewer", "Auckland")).header("X-Murmur-Distance-Km"))
                .isEqualTo("2156");
        assertThat(pop(at(1, id, "X-Forwarded-For", TOKYO))).isEqualTo("LHR1");
        assertThat(viewer.now(at(1, id, "x-murmur-viewer", "Atlantis")).status())
                .isEqualTo(400);
        assertThat(origin.asked.getFirst().header("x-murmur-viewer")).isEmpty();
    }

    /** "one origin request for 100 simultaneous viewers of a cold page", streamed to all before the origin is done. */
    @Test
    void a_hundred_viewers_of_a_cold_page_are_one_request_to_its_origin() throws Exception {
        var id = made(c -> c);
        var arrived = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        var page = "x".repeat(100_000);
        origin.answering = exchange -> {
            exchange.getResponseHeaders().add("Cache-Control", "max-age=60");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(page.substring(0, 50_000).getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            arrived.countDown();
            await(released);
            exchange.getResponseBody().write(page.substring(50_000).getBytes(StandardCharsets.UTF_8));
            exchange.close();
        };

        var answers = new ArrayList<CompletableFuture<Response>>();
        for (int each = 0; each < 100; each++) {
            answers.add(viewer.later(at(1 + each % 3, id).from(TOKYO)));
        }
        await(arrived);
        released.countDown();

        for (var answer : answers) {
            var got = answer.get(60, TimeUnit.SECONDS);
            assertThat(got.body()).isEqualTo(page);
            assertThat(got.header("X-Amz-Cf-Pop")).isEqualTo("NRT1");
        }
        assertThat(origin.count()).isEqualTo(1);
    }

    @Test
    void with_a_default_time_of_zero_an_answer_without_freshness_is_not_reused() {
        origin.answering = exchange -> CountingOrigin.answer(exchange, 200, "now " + origin.count());
        var id = made(b -> b.defaultTTL(0L), c -> c);

        assertThat(viewer.now(at(1, id)).body()).isEqualTo("now 1");
        assertThat(viewer.now(at(1, id)).body()).isEqualTo("now 2");

        var day = made(c -> c);
        assertThat(viewer.now(at(1, day)).body()).isEqualTo("now 3");
        assertThat(viewer.now(at(1, day)).body()).isEqualTo("now 3");
    }

    @Test
    void what_may_not_be_kept_keeps_nobody_waiting() {
        origin.answering = exchange ->
                CountingOrigin.answer(exchange, 200, "for " + origin.count(), "Cache-Control", "private, no-store");
        var id = made(c -> c);

        assertThat(viewer.now(at(1, id)).body()).isEqualTo("for 1");
        assertThat(viewer.now(at(1, id)).body()).isEqualTo("for 2");
        var managed = managed(Configs.DISABLED);
        origin.answering = exchange ->
                CountingOrigin.answer(exchange, 200, "for " + origin.count(), "Cache-Control", "max-age=600");
        assertThat(viewer.now(at(1, managed)).body()).isEqualTo("for 3");
        assertThat(viewer.now(at(1, managed)).body()).isEqualTo("for 4");
    }

    @Test
    void what_is_stale_is_validated_and_what_a_viewer_has_is_not_sent() {
        origin.answering = exchange -> {
            var had = "\"v\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            CountingOrigin.answer(exchange, had ? 304 : 200, "whole", "ETag", "\"v\"", "Cache-Control", "max-age=0");
        };
        var id = made(c -> c);

        assertThat(viewer.now(at(1, id)).body()).isEqualTo("whole");
        var validated = viewer.now(at(1, id));
        assertThat(validated.body()).isEqualTo("whole");
        assertThat(validated.header("X-Cache")).isEqualTo("RefreshHit from cloudfront");
        var had = viewer.now(at(1, id, "If-None-Match", "\"v\""));
        assertThat(had.status()).isEqualTo(304);
        assertThat(had.body()).isEmpty();
        assertThat(origin.asked.get(1).header("If-None-Match")).isEqualTo("\"v\"");
    }

    @Test
    void a_head_is_answered_from_what_a_get_brought() {
        var id = made(c -> c);
        viewer.now(at(2, id));

        var head = viewer.now(at(2, id).method("HEAD", ""));

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("Content-Length")).isEqualTo("4");
        assertThat(head.header("X-Cache")).isEqualTo("Hit from cloudfront");
        assertThat(head.body()).isEmpty();
        assertThat(origin.count()).isEqualTo(1);
    }

    @Test
    void a_part_is_cut_from_the_whole_that_is_kept() {
        origin.answering = exchange ->
                CountingOrigin.answer(exchange, 200, "0123456789", "Cache-Control", "max-age=600", "ETag", "\"v\"");
        var id = made(c -> c);
        viewer.now(at(1, id));

        var part = viewer.now(at(1, id, "Range", "bytes=2-4"));
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("234");
        assertThat(part.header("Content-Range")).isEqualTo("bytes 2-4/10");
        assertThat(viewer.now(at(1, id, "Range", "bytes=-3")).body()).isEqualTo("789");
        assertThat(viewer.now(at(1, id, "Range", "bytes=20-")).status()).isEqualTo(416);
        assertThat(viewer.now(at(1, id, "Range", "bytes=2-4", "If-Range", "\"other\""))
                        .body())
                .isEqualTo("0123456789");
        assertThat(viewer.now(at(1, id, "Range", "bytes=0-1,4-5")).body()).isEqualTo("0123456789");
        assertThat(origin.count()).isEqualTo(1);
    }

    @Test
    void answers_that_vary_are_kept_apart() {
        origin.answering = exchange -> CountingOrigin.answer(
                exchange,
                200,
                "in " + exchange.getRequestHeaders().getFirst("Accept-Language"),
                "Vary",
                "Accept-Language",
                "Cache-Control",
                "max-age=600");
        var id = made(
                b -> b.forwardedValues(f -> f.queryString(false)
                        .cookies(c -> c.forward("none"))
                        .headers(h -> h.quantity(1).items("Accept-Language"))),
                c -> c);

        for (int round = 0; round < 2; round++) {
            for (var language : List.of("de", "ja")) {
                assertThat(viewer.now(at(1, id, "Accept-Language", language)).body())
                        .isEqualTo("in " + language);
            }
        }
        assertThat(origin.count()).isEqualTo(2);
    }

    @Test
    void what_is_stale_is_served_while_it_is_renewed_and_when_its_origin_fails() throws Exception {
        origin.answering = exchange -> CountingOrigin.answer(
                exchange,
                200,
                "v" + origin.count(),
                "Cache-Control",
                "max-age=0, stale-while-revalidate=600, stale-if-error=600");
        var id = made(c -> c);

        assertThat(viewer.now(at(1, id)).body()).isEqualTo("v1");
        assertThat(viewer.now(at(1, id)).body()).as("stale").isEqualTo("v1");
        LocalCluster.await(() -> origin.count() >= 2);
        LocalCluster.await(() -> !viewer.now(at(1, id)).body().equals("v1"));

        origin.answering = exchange -> CountingOrigin.answer(
                exchange, 200, "kept", "Cache-Control", "max-age=0, stale-if-error=600", "ETag", "\"k\"");
        var other = made(c -> c);
        viewer.now(at(1, other));
        origin.answering = exchange -> CountingOrigin.answer(exchange, 503, "broken");
        var stale = viewer.now(at(1, other));
        assertThat(stale.body()).isEqualTo("kept");
        assertThat(stale.header("Cache-Status")).contains("detail=stale-if-error");
    }

    @Test
    void an_origin_that_is_not_there_is_a_502() {
        var id = made(c -> c);
        origin.close();

        var failed = viewer.now(at(1, id));

        assertThat(failed.status()).isEqualTo(502);
        assertThat(failed.header("X-Cache")).isEqualTo("Error from cloudfront");
    }

    @Test
    void paths_have_behaviours_and_origins_of_their_own() {
        try (var api = new CountingOrigin()) {
            api.answering = exchange -> CountingOrigin.answer(
                    exchange,
                    200,
                    exchange.getRequestURI() + " " + api.asked.getLast().header("X-From"));
            var id = made(c -> c.defaultRootObject("index.html")
                    .origins(o -> o.quantity(2)
                            .items(
                                    Configs.origin("o", origin.port()),
                                    Configs.origin("api", api.port()).toBuilder()
                                            .originPath("/v1")
                                            .customHeaders(h -> h.quantity(1).items(i -> i.headerName("X-From")
                                                    .headerValue("the CDN")))
                                            .build()))
                    .cacheBehaviors(b -> b.quantity(1).items(i -> i.pathPattern("/api/*")
                            .targetOriginId("api")
                            .viewerProtocolPolicy(ViewerProtocolPolicy.ALLOW_ALL)
                            .cachePolicyId(Configs.DISABLED)
                            .originRequestPolicyId("b689b0a8-53d0-40ab-baf2-68738e2966ac"))));

            assertThat(viewer.now(at(1, id, "/api/strikes?a=1&b=2", List.of())).body())
                    .isEqualTo("/v1/api/strikes?a=1&b=2 the CDN");
            viewer.now(at(1, id, "/", List.of()));
            assertThat(origin.asked.getFirst().uri()).isEqualTo("/index.html");
        }
    }

    @Test
    void queries_and_cookies_count_as_configured() {
        origin.answering = exchange -> CountingOrigin.answer(
                exchange,
                200,
                origin.asked.getLast().uri() + " " + origin.asked.getLast().header("Cookie"));
        var id = made(
                b -> b.forwardedValues(f -> f.queryString(true)
                        .queryStringCacheKeys(k -> k.quantity(1).items("page"))
                        .cookies(c -> c.forward("whitelist")
                                .whitelistedNames(n -> n.quantity(1).items("who")))),
                c -> c);

        var first = viewer.now(at(1, id, "/x?page=1&t=1", List.of("Cookie", "who=me; other=1")))
                .body();
        assertThat(first).isEqualTo("/x?page=1&t=1 who=me");
        assertThat(viewer.now(at(1, id, "/x?page=1&t=2", List.of("Cookie", "who=me; other=2")))
                        .body())
                .isEqualTo(first);
        assertThat(viewer.now(at(1, id, "/x?page=2&t=1", List.of("Cookie", "who=me")))
                        .body())
                .isNotEqualTo(first);
        assertThat(viewer.now(at(1, id, "/x?page=1&t=1", List.of("Cookie", "who=you")))
                        .body())
                .isNotEqualTo(first);
    }

    @Test
    void methods_and_schemes_are_admitted_as_configured() {
        var reads = made(
                b -> b.allowedMethods(
                        m -> m.quantity(2).itemsWithStrings("GET", "HEAD").cachedMethods(c -> c.quantity(2)
                                .itemsWithStrings("GET", "HEAD"))),
                c -> c);
        assertThat(viewer.now(at(1, reads).method("POST", "x")).status()).isEqualTo(403);

        var redirected = made(b -> b.viewerProtocolPolicy(ViewerProtocolPolicy.REDIRECT_TO_HTTPS), c -> c);
        var moved = viewer.now(at(1, redirected));
        assertThat(moved.status()).isEqualTo(301);
        assertThat(moved.header("Location")).isEqualTo("https://" + host(redirected) + "/x");
        assertThat(viewer.now(at(1, redirected, "X-Forwarded-Proto", "https")).status())
                .isEqualTo(200);
        var secure = made(b -> b.viewerProtocolPolicy(ViewerProtocolPolicy.HTTPS_ONLY), c -> c);
        assertThat(viewer.now(at(1, secure)).status()).isEqualTo(403);
    }

    @Test
    void what_is_written_passes_through_the_nearest_and_makes_it_forget() {
        origin.answering = exchange -> CountingOrigin.answer(
                exchange,
                200,
                exchange.getRequestMethod() + " " + origin.asked.getLast().body(),
                "Cache-Control",
                "max-age=600");
        var id = made(c -> c);
        viewer.now(at(1, id).from(TOKYO));

        var content = "y".repeat(200_000);
        var written =
                viewer.now(at(3, id, "Content-Type", "text/plain").from(TOKYO).method("POST", content));

        assertThat(written.body()).isEqualTo("POST " + content);
        assertThat(written.header("X-Amz-Cf-Pop")).isEqualTo("NRT1");
        assertThat(viewer.now(at(1, id).from(TOKYO)).header("X-Cache")).isEqualTo("Miss from cloudfront");
    }

    /** The front door of the other node would turn the page away, or let it in beside what the origin says of it. */
    @Test
    void pages_of_other_sites_reach_points_of_presence_on_other_nodes() {
        origin.answering = exchange -> CountingOrigin.answer(
                exchange,
                200,
                "from " + origin.asked.getLast().header("Origin"),
                "Access-Control-Allow-Origin",
                "*",
                "Cache-Control",
                "no-store");
        var id = managed(Configs.DISABLED, ALL_VIEWER);

        for (var page : List.of("https://shop.example", "http://localhost:3000")) {
            for (var method : List.of("GET", "POST", "OPTIONS")) {
                var content = method.equals("POST") ? "x" : "";
                var answered = viewer.now(at(1, id, "Origin", page, "Content-Type", "text/plain")
                        .from(TOKYO)
                        .method(method, content));

                assertThat(answered.status()).as(method).isEqualTo(200);
                assertThat(answered.body()).isEqualTo("from " + page);
                assertThat(answered.header("X-Amz-Cf-Pop")).isEqualTo("NRT1");
                assertThat(answered.header("Access-Control-Allow-Origin")).isEqualTo("*");
            }
        }
    }

    @Test
    void no_viewer_can_write_what_nodes_say_to_each_other() {
        var id = managed(Configs.DISABLED, ALL_VIEWER);
        var forged = List.of(
                "X-Murmur-Signature",
                "forged",
                "X-Murmur-Viewer-Host",
                "other.example",
                "X-Murmur-Presence-Away",
                "1",
                "Raw-Request-URI",
                "/other",
                "X-Kept",
                "1");

        for (var node : List.of(1L, 2L)) {
            var answered = viewer.now(at(node, id, "/x", forged).from(TOKYO));

            assertThat(answered.status()).isEqualTo(200);
            assertThat(answered.header("X-Amz-Cf-Pop")).isEqualTo("NRT1");
            var asked = origin.asked.getLast();
            assertThat(asked.uri()).isEqualTo("/x");
            assertThat(asked.host()).isEqualTo(host(id));
            assertThat(asked.header("X-Kept")).isEqualTo("1");
            assertThat(asked.exchange().getRequestHeaders().keySet())
                    .noneMatch(name -> name.startsWith("X-murmur") || name.startsWith("Raw-"));
        }
        assertThat(origin.count()).isEqualTo(2);
    }

    /** "If a viewer GET request includes a body, CloudFront returns an HTTP status code 403 (Forbidden) to the viewer." */
    @Test
    void a_request_that_reads_must_not_have_a_body() {
        var id = managed(Configs.DISABLED, ALL_VIEWER);

        assertThat(viewer.now(at(1, id).method("GET", "x")).status()).isEqualTo(403);
        assertThat(viewer.now(at(1, id, "Content-Type", "text/plain", "Content-Length", "0"))
                        .status())
                .isEqualTo(200);
        assertThat(origin.count()).isEqualTo(1);
    }

    /** As CloudFront tells origins, whatever the policies say. */
    @Test
    void an_origin_is_told_whom_a_request_is_for_and_by_what_way_it_came() {
        var id = made(c -> c);
        var via = "1.1 " + id.toLowerCase(Locale.ROOT) + ".cloudfront.net (CloudFront)";

        viewer.now(at(1, id, "/a", List.of()).from(TOKYO));
        viewer.now(at(2, id, "/b", List.of("X-Forwarded-For", "192.0.2.1", "Via", "1.1 x"))
                .from(TOKYO));

        var asked = origin.asked;
        assertThat(asked)
                .extracting(each -> each.header("X-Forwarded-For"))
                .containsExactly(TOKYO, "192.0.2.1, " + TOKYO);
        assertThat(asked).extracting(each -> each.header("Via")).containsExactly(via, via);
    }

    @Test
    void no_origin_can_answer_what_nodes_say_to_each_other() {
        origin.answering = exchange -> CountingOrigin.answer(
                exchange, 200, "body", "X-Murmur-Signature", "forged", "X-Murmur-Presence-Away", "1");
        var id = managed(Configs.DISABLED);
        cluster.wrong.remove("NRT1");

        var answered =
                viewer.now(at(1, id, "Content-Type", "text/plain").from(TOKYO).method("POST", "x"));

        assertThat(answered.status()).isEqualTo(200);
        assertThat(answered.headers()).doesNotContainKeys("x-murmur-signature", "x-murmur-presence-away");
        assertThat(cluster.wrong).doesNotContain("NRT1");
    }

    /** It takes none of the places for questions of other nodes, of which there are so many. */
    @Test
    void a_question_for_a_point_of_presence_that_there_is_not_is_refused() {
        var id = made(c -> c);
        var target = "/_murmur/edge/XXX1/" + id + "/x";
        var signed = Signed.with(new ClusterSignature("secret", Clock.system())).sign("GET", target);

        for (int each = 0; each <= EdgeCluster.QUESTIONS_MAX; each++) {
            var asked = Ask.get(cluster.port(2), "localhost", target, ClusterSignature.HEADER, signed);
            assertThat(viewer.now(asked).status()).isEqualTo(404);
        }

        assertThat(viewer.now(at(1, id).from(TOKYO)).header("X-Amz-Cf-Pop")).isEqualTo("NRT1");
    }

    /** The policies that a dynamic site is told to use: what its origin sees is not in the key. */
    @Test
    void where_nothing_is_cached_each_viewer_gets_its_own() {
        origin.answering = exchange -> {
            var asked = origin.asked.getLast();
            var known = !asked.header("If-None-Match").isEmpty();
            var missing = asked.uri().endsWith("missing");
            CountingOrigin.answer(
                    exchange,
                    known ? 304 : missing ? 404 : 200,
                    asked.uri() + " for " + asked.header("Cookie"),
                    "ETag",
                    "\"v\"");
        };
        var id = managed(Configs.DISABLED, ALL_VIEWER_EXCEPT_HOST);

        for (var who : List.of("alice", "bob")) {
            for (var target : List.of("/x?q=1", "/x?q=missing", "/x?q=2")) {
                assertThat(viewer.now(at(1, id, target, List.of("Cookie", who))).body())
                        .isEqualTo(target + " for " + who);
            }
        }
        assertThat(origin.count()).isEqualTo(6);
    }

    /** Hosts of the cloud are asked for at the node's own listener. */
    @Test
    void a_distribution_may_have_another_as_its_origin() {
        var inner = made(c -> c);
        var outer = made(c -> c.origins(o -> o.quantity(1)
                .items(Configs.origin("o", 8000).toBuilder()
                        .domainName(inner.toLowerCase(Locale.ROOT) + ".cloudfront.net")
                        .build())));

        var answered = viewer.now(at(2, outer));

        assertThat(answered.body()).isEqualTo("body");
        assertThat(answered.header("Via")).isEqualTo("1.1 LHR1 (CloudFront), 1.1 LHR1 (CloudFront)");
        assertThat(viewer.now(at(3, inner)).header("X-Cache")).isEqualTo("Hit from cloudfront");
        assertThat(origin.count()).isEqualTo(1);
    }

    @Test
    void a_distribution_that_is_its_own_origin_ends() throws Exception {
        var id = made(c -> c);
        var config = client.getDistributionConfig(r -> r.id(id));
        client.updateDistribution(r -> r.id(id)
                .ifMatch(config.eTag())
                .distributionConfig(config.distributionConfig().toBuilder()
                        .origins(o -> o.quantity(1)
                                .items(Configs.origin("o", 8000).toBuilder()
                                        .domainName(id.toLowerCase(Locale.ROOT) + ".cloudfront.localhost")
                                        .build()))
                        .build()));
        LocalCluster.await(() ->
                client.getDistribution(r -> r.id(id)).distribution().status().equals("Deployed"));

        assertThat(viewer.now(at(1, id)).status()).isEqualTo(403);
    }

    /** "invalidation by path and wildcard, complete only when every PoP has done it" */
    @Test
    void an_invalidation_reaches_all_points_of_presence() throws Exception {
        origin.answering =
                exchange -> CountingOrigin.answer(exchange, 200, "v" + origin.count(), "Cache-Control", "max-age=600");
        var id = made(c -> c);
        var everywhere = List.of(at(1, id), at(2, id).from(TOKYO), at(3, id, "x-murmur-viewer", "Sydney"));
        for (var ask : everywhere) {
            assertThat(viewer.now(ask).header("X-Cache")).isEqualTo("Miss from cloudfront");
            assertThat(viewer.now(ask).header("X-Cache")).isEqualTo("Hit from cloudfront");
        }
        var kept = viewer.now(at(1, id, "/y", List.of()));

        invalidated(id, "/x*");

        for (var ask : everywhere) {
            assertThat(viewer.now(ask).header("X-Cache")).isEqualTo("Miss from cloudfront");
        }
        assertThat(viewer.now(at(1, id, "/y", List.of())).body()).isEqualTo(kept.body());
    }

    @Test
    void a_wrong_guess_is_answered_and_noticed() {
        var id = made(c -> c);
        cluster.places.put("GRU1", 3L);
        cluster.wrong.remove("GRU1");

        var answered = viewer.now(at(1, id).from("127.55.0.1"));

        assertThat(answered.body()).isEqualTo("body");
        assertThat(cluster.wrong).contains("GRU1");
        cluster.places.remove("GRU1");
        assertThat(viewer.now(at(1, id).from("127.55.0.1")).body()).isEqualTo("body");
    }

    private void invalidated(String id, String... paths) throws Exception {
        var made = client.createInvalidation(
                r -> r.distributionId(id).invalidationBatch(b -> b.callerReference("i" + reference.incrementAndGet())
                        .paths(p -> p.quantity(paths.length).items(paths))));
        LocalCluster.await(() -> client.getInvalidation(
                        r -> r.distributionId(id).id(made.invalidation().id()))
                .invalidation()
                .status()
                .equals("Completed"));
    }

    private String made(UnaryOperator<DistributionConfig.Builder> change) {
        return made(b -> b, change);
    }

    private String managed(String policy) {
        return managed(policy, null);
    }

    private String managed(String policy, @Nullable String forwarding) {
        return made(
                b -> b.forwardedValues((ForwardedValues) null)
                        .minTTL(null)
                        .defaultTTL(null)
                        .maxTTL(null)
                        .cachePolicyId(policy)
                        .originRequestPolicyId(forwarding),
                c -> c);
    }

    private String made(
            UnaryOperator<DefaultCacheBehavior.Builder> behavior, UnaryOperator<DistributionConfig.Builder> change) {
        var config = Configs.of("viewers-" + reference.incrementAndGet(), origin.port())
                .defaultCacheBehavior(Configs.behavior(behavior));
        return Configs.create(client, change.apply(config)).distribution().id();
    }

    private String host(String id) {
        return id.toLowerCase(Locale.ROOT) + ".cloudfront.localhost";
    }

    private Ask at(long node, String id, String... headers) {
        return Ask.get(cluster.port(node), host(id), "/x", headers);
    }

    private Ask at(long node, String id, String target, List<String> headers) {
        return Ask.get(cluster.port(node), host(id), target, headers.toArray(String[]::new));
    }

    private String pop(Ask ask) {
        return viewer.now(ask).header("X-Amz-Cf-Pop");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
