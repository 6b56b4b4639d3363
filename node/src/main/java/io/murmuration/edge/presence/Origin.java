package io.murmuration.edge.presence;

import io.murmuration.edge.caching.ViewerRequest;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Where the responses of a distribution come from: a bucket, an API, any server. */
public interface Origin {
    /**
     * Asks it. A request without {@code Host} is for the origin's own name. The stage ends when the head is there; it fails if there will be none, with a {@link java.util.concurrent.TimeoutException} if the
     * origin took too long. The answer's body is run or cancelled in every case; one that breaks off fails.
     */
    CompletionStage<Answer> fetch(ViewerRequest request, Source<ByteString, NotUsed> body);
}
