package io.murmuration.trigger;

import io.murmuration.protocol.function.mapping.MappingSettings;
import java.time.Duration;
import java.util.List;

/** What becomes of a batch after its function was invoked, as Lambda has it. Pure. */
final class ReaderRules {
    private static final int DOUBLINGS_MAX = 20;

    private ReaderRules() {}

    /** How an invocation ended. */
    sealed interface Ended {
        record Done() implements Ended {}

        /** All before this record was done; 0 is the first that was sent. */
        record DoneBefore(int index) implements Ended {}

        /** The function was called and failed. */
        record Failed() implements Ended {}

        /** It was not called, or that is not known. */
        record Refused(String why) implements Ended {}
    }

    /**
     * A batch that was sent.
     *
     * @param from where the cursor was
     * @param to where it will be when the batch is passed over
     * @param sent the records' places
     * @param failures how often the function had failed on it before
     */
    record Sent(long from, long to, List<Long> sent, int failures) {}

    /**
     * The cursor's next place.
     *
     * @param until where the batch ends that is tried again; 0 if none is
     * @param failures the function's, on that batch
     * @param pauses how many doublings of the pause precede the next attempt; negative for none
     * @param givenUp how many records are passed over without having been done
     */
    record Next(long to, long until, int failures, int pauses, int givenUp) {}

    static Next after(Ended ended, Sent batch, MappingSettings settings, int refusals) {
        return switch (ended) {
            case Ended.Done done -> new Next(batch.to(), 0, 0, -1, 0);
            case Ended.Refused refused -> new Next(batch.from(), batch.to(), batch.failures(), refusals, 0);
            case Ended.Failed failed -> failed(batch, settings);
            case Ended.DoneBefore before ->
                before.index() == 0 ? failed(batch, settings) : partly(batch, before.index(), settings);
        };
    }

    private static Next failed(Sent batch, MappingSettings settings) {
        var failures = batch.failures() + 1;
        var records = batch.sent().size();
        if (exhausted(failures, settings)) {
            return new Next(batch.to(), 0, 0, -1, records);
        }
        if (settings.bisects() && records > 1) {
            // splitting does not count as an attempt
            var half = batch.sent().get(records / 2 - 1);
            return new Next(batch.from(), half, batch.failures(), 0, 0);
        }
        return new Next(batch.from(), batch.to(), failures, batch.failures(), 0);
    }

    /** What is left is a batch of its own, on which the function has failed once. */
    private static Next partly(Sent batch, int index, MappingSettings settings) {
        var done = batch.sent().get(index) - 1;
        return exhausted(1, settings)
                ? new Next(batch.to(), 0, 0, -1, batch.sent().size() - index)
                : new Next(done, batch.to(), 1, 0, 0);
    }

    private static boolean exhausted(int failures, MappingSettings settings) {
        return settings.retryAttempts() != MappingSettings.UNLIMITED && failures > settings.retryAttempts();
    }

    static Duration pause(int doublings, TriggerSettings settings) {
        var doubled = settings.retryPauseMin().toMillis() << Math.min(doublings, DOUBLINGS_MAX);
        return Duration.ofMillis(Math.min(doubled, settings.retryPauseMax().toMillis()));
    }

    /** How old a record may be before it is passed over. */
    static Duration ageMax(MappingSettings settings, Duration retention) {
        if (settings.recordAgeSeconds() == MappingSettings.UNLIMITED) {
            return retention;
        }
        var own = Duration.ofSeconds(settings.recordAgeSeconds());
        return own.compareTo(retention) < 0 ? own : retention;
    }
}
