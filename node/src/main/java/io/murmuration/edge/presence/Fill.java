package io.murmuration.edge.presence;

import io.murmuration.edge.caching.ResponseHead;
import io.murmuration.edge.caching.StoredHead;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One fetch from an origin that many may wait for.
 *
 * <p>Whoever joins has a reader from the beginning on and waits for {@link #outcome}; then it reads the body or leaves it.
 */
final class Fill {
    private final Ticket ticket;
    private final SharedBody body;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    Fill(Ticket ticket, SharedBody body) {
        this.ticket = ticket;
        this.body = body;
    }

    /** What came of it, as soon as the head is there. */
    sealed interface Outcome {
        /**
         * A response whose body is coming.
         *
         * @param stored whether it is kept if its body proves small enough
         * @param shared whether it answers others than the one who asked first
         */
        record Arrived(StoredHead head, boolean stored, boolean shared) implements Outcome {}

        /** What was kept holds on; stored and shared as above. */
        record Refreshed(StoredResponse response, boolean stored, boolean shared) implements Outcome {}

        /**
         * The origin failed while there was something stale to serve, or without an answer.
         *
         * @param answer its status and headers, or null
         */
        record Failed(@Nullable ResponseHead answer, Throwable cause) implements Outcome {}
    }

    Ticket ticket() {
        return ticket;
    }

    SharedBody body() {
        return body;
    }

    CompletionStage<Outcome> outcome() {
        return outcome;
    }

    /** Once; whoever waits goes on within this call. */
    void decided(Outcome what) {
        outcome.complete(what);
    }

    /** Null if this fetch serves nobody who comes now. */
    SharedBody.@Nullable Reader join() {
        return ticket.revoked() ? null : body.join();
    }
}
