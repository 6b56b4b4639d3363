package io.murmuration.function.code;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;

/** The code folders of the other nodes. A stage that fails says only that it is not known whether it was done. Any thread. */
public interface CodePeers {
    /** Completes once the node has it durably. */
    CompletionStage<Done> put(long node, CodeId id, byte[] zip);

    /** Empty if the node says that it has none; what comes has the id's digest. */
    CompletionStage<Optional<byte[]>> get(long node, CodeId id);
}
