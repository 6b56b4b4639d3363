package io.murmuration.function.environment;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The lines that Lambda writes around a function's own. Pure. */
final class ReportRules {
    /** As much of the log is told to who asks for it, in bytes. */
    static final int TAIL_BYTES_MAX = 4096;

    private static final double NANOS_PER_MILLI = 1e6;

    private ReportRules() {}

    static String start(String requestId, String version) {
        return "START RequestId: " + requestId + " Version: " + version + "\n";
    }

    /**
     * @param memoryUsedMegabytes the most the process had; not told where the system does not tell
     * @param init of the environment, with its first invocation alone
     */
    static String end(
            String requestId,
            Duration took,
            int memoryMegabytes,
            OptionalLong memoryUsedMegabytes,
            Optional<Duration> init) {
        var report = new StringBuilder("END RequestId: ")
                .append(requestId)
                .append("\nREPORT RequestId: ")
                .append(requestId)
                .append("\tDuration: ")
                .append(millis(took))
                .append(" ms\tBilled Duration: ")
                .append((long) Math.ceil(took.toNanos() / NANOS_PER_MILLI))
                .append(" ms\tMemory Size: ")
                .append(memoryMegabytes)
                .append(" MB");
        memoryUsedMegabytes.ifPresent(
                used -> report.append("\tMax Memory Used: ").append(used).append(" MB"));
        init.ifPresent(
                time -> report.append("\tInit Duration: ").append(millis(time)).append(" ms"));
        return report.append("\t\n").toString();
    }

    private static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.2f", time.toNanos() / NANOS_PER_MILLI);
    }
}
