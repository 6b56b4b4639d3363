package io.murmuration.function.queue;

import io.murmuration.base.Clock;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionError;
import io.murmuration.protocol.function.FunctionName;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue's entrance for services that keep what they have to tell until it is accepted, and tell it again until then. What can never be accepted is
 * dropped with a line in the log. Any thread.
 */
public final class Notifications {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AsyncInvocations events;
    private final Clock clock;

    public Notifications(AsyncInvocations events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /**
     * Queues a notification.
     *
     * @param function its ARN
     * @param payload JSON
     * @return completes when it is durable in a queue, or has been dropped; fails if it is to be told again, by which it may be delivered twice
     */
    public CompletionStage<Void> accept(String function, byte[] payload) {
        FunctionName name;
        try {
            name = FunctionName.parse(function);
        } catch (ServiceException noName) {
            return dropped(function, noName);
        }
        var event = new AsyncInvocations.Event(name, ByteString.fromArray(payload), "", "");
        return events.enqueue(event, clock.nanos() + PATIENCE.toNanos())
                .<Void>thenApply(id -> null)
                .exceptionallyCompose(failure ->
                        hopeless(failure) ? dropped(function, failure) : CompletableFuture.failedFuture(failure));
    }

    private static boolean hopeless(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof ServiceException refused && refused.error().code() == FunctionError.REQUEST_TOO_LARGE;
    }

    private static CompletionStage<Void> dropped(String function, Throwable failure) {
        LOG.warn("A notification cannot be queued and is dropped: function {}", function, failure);
        return CompletableFuture.completedFuture(null);
    }
}
