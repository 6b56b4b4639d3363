package io.murmuration.trigger;

import java.time.Duration;

/**
 * How event source mappings work on this node.
 *
 * @param region of AWS, as ARNs name it
 * @param account of AWS, in twelve digits
 * @param retryPauseMin after a function's first failure on a batch; it doubles with each further one
 * @param retryPauseMax the longest pause
 * @param payloadBytesMax of one invocation
 * @param batchesMax batches under way on this node; a page of records, a payload each
 * @param settlePatience how long a request waits for all shards to do what a mapping's change asks of them; what is left is done later
 * @param settlePause how long whoever asked is left to finish a change before the catalogue's leader does it
 */
public record TriggerSettings(
        String region,
        String account,
        Duration retryPauseMin,
        Duration retryPauseMax,
        int payloadBytesMax,
        int batchesMax,
        Duration settlePatience,
        Duration settlePause) {
    private static final int LAMBDAS_PAYLOAD = 6 << 20;

    public static TriggerSettings defaults() {
        return new TriggerSettings(
                "us-east-1",
                "000000000000",
                Duration.ofMillis(200),
                Duration.ofSeconds(30),
                LAMBDAS_PAYLOAD,
                48,
                Duration.ofMillis(1_500),
                Duration.ofSeconds(2));
    }

    /** The same with other pauses, for tests that do not want to wait. */
    public TriggerSettings withPauses(Duration retry, Duration settle) {
        return new TriggerSettings(region, account, retry, retry, payloadBytesMax, batchesMax, settlePatience, settle);
    }
}
