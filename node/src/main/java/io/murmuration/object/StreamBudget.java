package io.murmuration.object;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/**
 * Bounds the memory of bodies on their way: a client may ask on many connections for much and take nothing of it. What is beyond is throttled.
 *
 * <p>Invariants: a body that is alone always has room, so that none is refused forever; what is counted is given back exactly once. Any thread.
 */
final class StreamBudget {
    /** An answer is handed to its connection at once; if that has ended nobody begins its body. */
    private static final Duration BEGIN_MAX = Duration.ofSeconds(30);

    private final long bytesMax;
    private final AtomicLong held = new AtomicLong();

    StreamBudget(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    long held() {
        return held.get();
    }

    /**
     * Counts a body. Throws a {@code ServiceException} ({@code THROTTLING}) if there is no room.
     *
     * @param bytes that it holds at most
     */
    Share take(long bytes) {
        long before = held.getAndUpdate(now -> fits(now, bytes) ? now + bytes : now);
        if (!fits(before, bytes)) {
            throw new ServiceException(new ServiceError(CommonError.THROTTLING, "Please reduce your request rate."));
        }
        return new Share(bytes);
    }

    private boolean fits(long before, long bytes) {
        return before == 0 || before + bytes <= bytesMax;
    }

    /** One body's. */
    final class Share {
        private final long bytes;
        private final CompletableFuture<Void> begun = new CompletableFuture<>();
        private boolean counted = true;

        private Share(long bytes) {
            this.bytes = bytes;
        }

        /** The body, which gives back what is counted when it has ended; or soon, if nobody begins it. */
        Source<ByteString, NotUsed> until(Source<ByteString, NotUsed> body) {
            var unused = begun.orTimeout(BEGIN_MAX.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(never -> {
                        end();
                        return null;
                    });
            return body.watchTermination((started, ended) -> {
                begin();
                var unusedEnd = ended.whenComplete((read, lost) -> end());
                return started;
            });
        }

        private synchronized void begin() {
            begun.complete(null);
            if (!counted) {
                counted = true;
                held.addAndGet(bytes);
            }
        }

        synchronized void end() {
            if (counted) {
                counted = false;
                held.addAndGet(-bytes);
            }
        }
    }
}
