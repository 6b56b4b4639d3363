package io.murmuration.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** People in several cities who look at a site through whichever node answers. Each view has to succeed at a node that lives. */
final class Viewers {
    private static final List<String> CITIES = List.of("Tokyo", "Berlin", "Sydney", "New York");
    private static final int TRIES_MAX = 100;

    private final List<URI> nodes;
    private final String distribution;
    private final Map<String, byte[]> pages;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final AtomicInteger views = new AtomicInteger();
    private final AtomicInteger again = new AtomicInteger();
    private final Set<String> presences = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Throwable> surprises = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean running = true;

    /** @param pages what each path has to show */
    Viewers(List<URI> nodes, String distribution, Map<String, byte[]> pages) {
        this.nodes = nodes;
        this.distribution = distribution;
        this.pages = pages;
    }

    void start(long seed) {
        var random = new Random(seed);
        for (var city : CITIES) {
            var own = new Random(random.nextLong());
            threads.add(Thread.ofPlatform().name("viewer-" + city).start(() -> look(city, own)));
        }
    }

    private void look(String city, Random random) {
        try {
            while (running) {
                for (var page : pages.entrySet()) {
                    view(city, page.getKey(), page.getValue(), random);
                }
                Thread.sleep(random.nextInt(100));
            }
        } catch (Throwable surprise) {
            surprises.add(surprise);
        }
    }

    private void view(String city, String path, byte[] expected, Random random) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            var node = nodes.get(random.nextInt(nodes.size()));
            var request = HttpRequest.newBuilder(node.resolve("/_aws/cloudfront/" + distribution + path))
                    .header("x-murmur-viewer", city)
                    .timeout(Duration.ofSeconds(5))
                    .build();
            try {
                var answer = http.send(request, BodyHandlers.ofByteArray());
                if (answer.statusCode() == 200) {
                    assertThat(answer.body()).as("%s seen from %s", path, city).isEqualTo(expected);
                    presences.add(answer.headers().firstValue("x-amz-cf-pop").orElse("none"));
                    views.incrementAndGet();
                    return;
                }
                assertThat(answer.statusCode())
                        .as("%s seen from %s: %s", path, city, new String(answer.body(), StandardCharsets.UTF_8))
                        .isGreaterThanOrEqualTo(500);
            } catch (IOException dead) {
                // the node that was asked is dead, or dies: another is
                assertThat(attempt).as("%s seen from %s: %s", path, city, dead).isLessThan(TRIES_MAX);
            }
            again.incrementAndGet();
            assertThat(attempt)
                    .as("tries until %s was seen from %s", path, city)
                    .isLessThan(TRIES_MAX);
            Thread.sleep(100);
        }
    }

    /** What surprised the viewers; empty if nothing did. */
    List<Throwable> stop() throws InterruptedException {
        running = false;
        for (var thread : threads) {
            thread.join();
        }
        return List.copyOf(surprises);
    }

    String check() {
        assertThat(views.get()).isPositive();
        assertThat(presences).hasSizeGreaterThan(1);
        return "%d views were served from %s, after %d that had to be tried again"
                .formatted(views.get(), presences, again.get());
    }
}
