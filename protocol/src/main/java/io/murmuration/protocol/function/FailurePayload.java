package io.murmuration.protocol.function;

import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * Payloads of invocations that end without the runtime's own word, as Lambda words them. All are for replies whose {@code X-Amz-Function-Error} is
 * {@link #UNHANDLED}. Pure.
 */
public final class FailurePayload {
    public static final String UNHANDLED = "Unhandled";

    /** The largest payload of a synchronous invocation, either way, in bytes; the words of the refusal name it. */
    public static final int PAYLOAD_BYTES_MAX = 6_291_556;

    /** A process that was ended by a signal is told by this much more than the signal's number. */
    private static final int SIGNALS_FROM = 128;

    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "hangup",
            2, "interrupt",
            4, "illegal instruction",
            6, "aborted",
            7, "bus error",
            8, "floating point exception",
            9, "killed",
            11, "segmentation fault",
            15, "terminated");

    private FailurePayload() {}

    /** What is logged when the time is over, and what the caller reads then. */
    public static String timedOutText(String requestId, long nowMillis, long timeoutMillis) {
        return String.format(
                Locale.ROOT,
                "%tFT%<tT.%<tLZ %s Task timed out after %.2f seconds",
                Instant.ofEpochMilli(nowMillis).atZone(java.time.ZoneOffset.UTC),
                requestId,
                timeoutMillis / 1000.0);
    }

    /** A payload with nothing but a message. */
    public static byte[] message(String message) {
        return JsonText.bytes(to -> to.writeStringField("errorMessage", message));
    }

    /** How a process ended, after "Runtime exited": a shell that reports a child's signal looks like the signal itself. */
    public static String exitText(String requestId, int status) {
        var how =
                switch (status) {
                    case 0 -> "without providing a reason";
                    default ->
                        SIGNALS.containsKey(status - SIGNALS_FROM)
                                ? "with error: signal: " + SIGNALS.get(status - SIGNALS_FROM)
                                : "with error: exit status " + status;
                };
        return "RequestId: " + requestId + " Error: Runtime exited " + how;
    }

    public static byte[] exited(String requestId, int status) {
        return typed("Runtime.ExitError", exitText(requestId, status));
    }

    public static byte[] responseTooLarge() {
        return typed(
                "Function.ResponseSizeTooLarge",
                "Response payload size exceeded maximum allowed payload size (" + PAYLOAD_BYTES_MAX + " bytes).");
    }

    /** The process could not be started at all. */
    public static byte[] notStarted(String requestId, String reason) {
        return typed("Runtime.InvalidEntrypoint", "RequestId: " + requestId + " Error: " + reason);
    }

    private static byte[] typed(String type, String message) {
        return JsonText.bytes(to -> {
            to.writeStringField("errorType", type);
            to.writeStringField("errorMessage", message);
        });
    }
}
