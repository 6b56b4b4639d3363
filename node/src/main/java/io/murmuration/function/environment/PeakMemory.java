package io.murmuration.function.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The most memory that a process has had: of itself, without what it started. */
final class PeakMemory {
    private static final Logger log = LoggerFactory.getLogger(PeakMemory.class);
    private static final String LINE = "VmHWM:";
    private static final long KILOBYTES_PER_MEGABYTE = 1024;

    private PeakMemory() {}

    /** Empty where the system does not tell, and once the process is gone. */
    static OptionalLong megabytes(long pid) {
        var status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.isReadable(status)) {
            return OptionalLong.empty();
        }
        try {
            for (var line : Files.readAllLines(status)) {
                if (line.startsWith(LINE)) {
                    var kilobytes = Long.parseLong(
                            line.substring(LINE.length()).replace("kB", "").strip());
                    return OptionalLong.of(Math.ceilDiv(kilobytes, KILOBYTES_PER_MEGABYTE));
                }
            }
        } catch (IOException gone) {
            log.debug("A process ended while its memory was asked for. pid={}", pid, gone);
        }
        return OptionalLong.empty();
    }
}
