package io.murmuration.function.environment;

import io.murmuration.protocol.function.FailurePayload;
import java.time.Duration;
import org.apache.pekko.util.ByteString;

/** Why an environment ended. */
public sealed interface EndReason {
    /** It had been ready for work before. */
    record Served() implements EndReason {}

    /** It never became ready for work. */
    sealed interface NeverReady extends EndReason {
        /** What a caller is told for whom it was started. */
        ByteString payload(String requestId, long nowMillis);
    }

    /** @param text what the operator reads */
    record NotStarted(String text) implements NeverReady {
        @Override
        public ByteString payload(String requestId, long nowMillis) {
            return ByteString.fromArrayUnsafe(FailurePayload.notStarted(requestId, text));
        }
    }

    record ExitedInInit(int status) implements NeverReady {
        @Override
        public ByteString payload(String requestId, long nowMillis) {
            return ByteString.fromArrayUnsafe(FailurePayload.exited(requestId, status));
        }
    }

    record InitTimedOut(Duration after) implements NeverReady {
        @Override
        public ByteString payload(String requestId, long nowMillis) {
            return ByteString.fromArrayUnsafe(
                    FailurePayload.message(FailurePayload.timedOutText(requestId, nowMillis, after.toMillis())));
        }
    }

    /** @param reported the error's JSON, as the runtime told it */
    record InitFailed(ByteString reported) implements NeverReady {
        @Override
        public ByteString payload(String requestId, long nowMillis) {
            return reported;
        }
    }

    /** It was told to end before it was ready. */
    record EndedInInit() implements EndReason {}
}
