package io.murmuration.function.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The most memory that processes have had. */
final class PeakMemory {
    private static final Logger log = LoggerFactory.getLogger(PeakMemory.class);
    private static final String LINE = "VmHWM:";
    private static final long KILOBYTES_PER_MEGABYTE = 1024;

    private PeakMemory() {}

    /** Of all of them, each at its own worst; empty where the system does not tell, and once they are gone. */
    static OptionalLong megabytes(List<Long> pids) {
        var told = pids.stream()
                .map(PeakMemory::kilobytes)
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .toArray();
        return told.length == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Math.ceilDiv(LongStream.of(told).sum(), KILOBYTES_PER_MEGABYTE));
    }

    private static OptionalLong kilobytes(long pid) {
        var status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.isReadable(status)) {
            return OptionalLong.empty();
        }
        try {
            for (var line : Files.readAllLines(status)) {
                if (line.startsWith(LINE)) {
                    return OptionalLong.of(Long.parseLong(
                            line.substring(LINE.length()).replace("kB", "").strip()));
                }
            }
        } catch (IOException gone) {
            log.debug("A process ended while its memory was asked for. pid={}", pid, gone);
        }
        return OptionalLong.empty();
    }
}
