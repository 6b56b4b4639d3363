package io.murmuration.edge.presence;

import io.murmuration.edge.caching.ResponseHead;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * A response: its head, and its body as it comes.
 *
 * @param body to be run once, or cancelled
 */
public record Answer(ResponseHead head, Source<ByteString, NotUsed> body) {
    static Answer withoutBody(ResponseHead head) {
        return new Answer(head, Source.empty());
    }

    static Answer text(ResponseHead head, String text) {
        var bytes = ByteString.fromArrayUnsafe(text.getBytes(StandardCharsets.UTF_8));
        var headers = head.headers()
                .with("Content-Type", "text/plain; charset=utf-8")
                .with("Content-Length", Integer.toString(bytes.size()));
        return new Answer(head.with(headers), Source.single(bytes));
    }
}
