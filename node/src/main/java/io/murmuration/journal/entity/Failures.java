package io.murmuration.journal.entity;

import io.murmuration.journal.AppendRefusedException;
import io.murmuration.journal.JournalOverloadedException;
import io.murmuration.journal.NoQuorumException;
import io.murmuration.journal.NotLeaderException;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import org.apache.pekko.persistence.typed.EventRejectedException;
import org.jspecify.annotations.Nullable;

/** What a failure of the journal says about the requests that it met (safety rules 18 and 21). */
final class Failures {
    private static final int CAUSES_MAX = 8;

    private Failures() {}

    /** The log failed with a batch in flight: only what the journal itself vouches for is surely not applied. */
    static <R> Answer<R> inFlight(@Nullable Throwable failure) {
        var cause = failure;
        for (var depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof NotLeaderException
                    || cause instanceof NoQuorumException
                    || cause instanceof AppendRefusedException
                    || cause instanceof JournalOverloadedException
                    || cause instanceof EntityLog.Undecided
                    || cause instanceof EventRejectedException) {
                return notProposed(cause);
            }
            cause = cause.getCause();
        }
        return new Answer.Unknown<>();
    }

    /** Nothing was proposed; the failure says why. */
    static <R> Answer<R> notProposed(@Nullable Throwable failure) {
        var cause = failure;
        for (var depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof NotLeaderException elsewhere) {
                return new Answer.NotLeader<>(elsewhere.leader());
            }
            if (cause instanceof JournalOverloadedException) {
                return throttled();
            }
            if (cause instanceof EventRejectedException) {
                return new Answer.NotApplied<>(new ServiceError(
                        CommonError.INTERNAL,
                        "The changes do not fit into an entry of the log. Nothing was applied; "
                                + "repeating the request does not help."));
            }
            if (cause instanceof EntityLog.Undecided) {
                return new Answer.NotApplied<>(new ServiceError(
                        CommonError.INTERNAL, "The request could not be decided. Nothing was applied."));
            }
            cause = cause.getCause();
        }
        return unavailable("The replicas of this shard do not answer. Nothing was applied; it is safe to retry.");
    }

    static <R> Answer<R> late() {
        return unavailable("The request waited past its deadline. Nothing was applied; it is safe to retry.");
    }

    /** Another node failed on a read. */
    static <R> Answer<R> failedThere() {
        return unavailable(
                "The node that leads this shard could not answer. Nothing was applied; it is safe to retry.");
    }

    static <R> Answer<R> leaderless() {
        return unavailable("This shard has no leader at the moment. Nothing was applied; it is safe to retry.");
    }

    static <R> Answer<R> throttled() {
        return new Answer.NotApplied<>(new ServiceError(
                CommonError.THROTTLING, "Too many requests are waiting for this shard. Reduce the rate of requests."));
    }

    /** The answer came, and there was no room for it. */
    static <R> Answer<R> crowded() {
        return new Answer.NotApplied<>(new ServiceError(
                CommonError.THROTTLING, "Too much is being read at once. Reduce the rate of requests."));
    }

    private static <R> Answer<R> unavailable(String message) {
        return new Answer.NotApplied<>(new ServiceError(CommonError.UNAVAILABLE, message));
    }
}
