package io.murmuration.object;

import io.murmuration.protocol.object.operation.ObjectRequest;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** The port of object storage. Safe for use by many threads. */
public interface Objects {
    /**
     * Answers a request. Fails with a {@link io.murmuration.protocol.ServiceException}: {@code UNAVAILABLE} and {@code THROTTLING} say that surely nothing
     * was done, {@code OUTCOME_UNKNOWN} that nobody knows.
     *
     * @param body of an object or a part, as it came; read only for those, and then to its end unless the stage fails
     */
    CompletionStage<ObjectAnswer> answer(ObjectRequest request, Source<ByteString, ?> body, Caller caller);
}
