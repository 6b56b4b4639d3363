package io.murmuration.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.Connection;
import org.apache.pekko.stream.Materializer;
import org.apache.pekko.stream.javadsl.Sink;

/**
 * The bodies of requests that are refused unread. They are read and dropped before the answer: an answer that comes earlier ends the connection under a
 * client that still writes, which then never sees it. Where much more is coming than any service takes, or nothing comes, the connection ends with the
 * answer.
 */
final class Leftovers {
    private static final int BODIES_MAX = 4;

    private final Materializer materializer;
    private final Duration patience;

    Leftovers(Materializer materializer, Duration patience) {
        this.materializer = materializer;
        this.patience = patience;
    }

    /** The answer, once the body is read. */
    CompletionStage<HttpResponse> dropped(Call call, HttpResponse answer) {
        var entity = call.request().entity();
        if (entity.isStrict()) {
            return CompletableFuture.completedStage(answer);
        }
        long max = (long) BODIES_MAX * call.service().bodyBytesMax();
        if (entity.getContentLengthOption().orElse(0) > max) {
            return CompletableFuture.completedStage(closing(answer));
        }
        return entity.withoutSizeLimit()
                .getDataBytes()
                .completionTimeout(patience)
                .limitWeighted(max, part -> (long) part.size())
                .runWith(Sink.ignore(), materializer)
                .handle((read, cut) -> cut == null ? answer : closing(answer));
    }

    static HttpResponse closing(HttpResponse answer) {
        return answer.addHeader(Connection.create("close"));
    }
}
