package io.murmuration.edge.presence;

import io.murmuration.edge.caching.StoredHead;
import io.murmuration.edge.caching.VaryRules;
import java.util.List;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** A response that is kept; its chunks own their bytes. */
record StoredResponse(StoredHead stored, List<ByteString> chunks) implements VaryRules.Stored {
    private static final int OVERHEAD_BYTES = 256;

    StoredResponse {
        chunks = List.copyOf(chunks);
    }

    StoredResponse with(StoredHead fresher) {
        return new StoredResponse(fresher, chunks);
    }

    Source<ByteString, NotUsed> body() {
        return Source.from(chunks);
    }

    int sizeBytes() {
        return OVERHEAD_BYTES
                + stored.head().headers().sizeBytes()
                + stored.selecting().sizeBytes()
                + chunks.stream().mapToInt(SharedBody::weight).sum();
    }
}
