package io.murmuration.edge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.MostlyWaits;
import io.murmuration.edge.caching.Headers;
import io.murmuration.edge.caching.ViewerRequest;
import io.murmuration.edge.presence.Answer;
import io.murmuration.protocol.edge.DistributionConfig.OriginConfig;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An origin that is given one second. */
@MostlyWaits
@Timeout(60)
class HttpOriginTest {
    private final ActorTestKit kit = ActorTestKit.create();
    private final CountingOrigin server = new CountingOrigin();
    private final HttpOrigin origin = origin();

    @AfterEach
    void stop() {
        server.close();
        kit.shutdownTestKit();
    }

    /** CloudFront: "how long, in seconds, CloudFront waits for a response from the origin after forwarding a request". */
    @Test
    void an_origin_has_its_time_from_the_end_of_the_request_on() {
        server.answering = exchange -> CountingOrigin.answer(exchange, 200, "all");
        var body = Source.tick(Duration.ZERO, Duration.ofMillis(500), ByteString.fromString("x"))
                .take(4)
                .<NotUsed>mapMaterializedValue(cancellable -> NotUsed.getInstance());

        assertThat(ask("POST", body, "Content-Length", "4").head().status()).isEqualTo(200);
        assertThat(server.asked.getFirst().body()).isEqualTo("xxxx");
    }

    @Test
    void one_that_is_silent_for_longer_is_late() {
        var closed = new CountDownLatch(1);
        server.answering = exchange -> await(closed);

        assertThatThrownBy(() -> ask("POST", Source.single(ByteString.fromString("x")), "Content-Length", "1"))
                .hasRootCauseInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> ask("GET", Source.empty())).hasRootCauseInstanceOf(TimeoutException.class);
        closed.countDown();
    }

    @Test
    void a_request_whose_body_stands_still_fails() {
        assertThatThrownBy(() -> ask(
                        "POST",
                        Source.<ByteString>maybe().mapMaterializedValue(none -> NotUsed.getInstance()),
                        "Content-Length",
                        "1"))
                .hasRootCauseInstanceOf(TimeoutException.class);
    }

    private Answer ask(String method, Source<ByteString, NotUsed> body, String... headers) {
        return origin.fetch(new ViewerRequest(method, "/x", "", Headers.of(headers)), body)
                .toCompletableFuture()
                .join();
    }

    private HttpOrigin origin() {
        var config = new OriginConfig("o", "localhost", "", List.of(), server.port(), 443, false, 1, 1, 1);
        return new HttpOrigin(
                "E1",
                config,
                OriginTarget.of(config, URI.create("http://127.0.0.1:1")),
                new HttpClients(kit.system()),
                Materializer.createMaterializer(kit.system()));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
