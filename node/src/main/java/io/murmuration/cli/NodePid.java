package io.murmuration.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A process as its pid file names it: the number, and when it started, which no later process with the same number shares. In its second line the
 * file says which folder it was written for: in a copy of that folder it names a process of somebody else.
 *
 * @param started on Linux the kernel's start ticks and boot id, which no change of the clock moves; elsewhere what {@code ps} says
 */
record NodePid(long pid, String started) {
    private static final String BOOT_ID = "/proc/sys/kernel/random/boot_id";
    private static final int START_TICKS_AFTER_NAME = 19;

    /** The live process that the pid file names, or empty if there is none: no file, ended, or somebody else's. */
    static Optional<NodePid> live(Path pidFile) {
        return read(pidFile).filter(NodePid::isLive);
    }

    static Optional<NodePid> read(Path pidFile) {
        try {
            var lines = Files.readAllLines(pidFile);
            var words =
                    lines.isEmpty() ? new String[0] : lines.getFirst().strip().split(" ", 2);
            return words.length == 2 && words[0].matches("[1-9][0-9]*") && isOf(pidFile, lines)
                    ? Optional.of(new NodePid(Long.parseLong(words[0]), words[1].strip()))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw CommandFailed.failed("The file " + pidFile + " cannot be read: " + e.getMessage() + ".");
        }
    }

    private static boolean isOf(Path pidFile, List<String> lines) throws IOException {
        return lines.size() == 2
                && lines.get(1).equals(pidFile.resolveSibling(".").toRealPath().toString());
    }

    /** Whether the process still runs (a paused one does; one that ended and was not yet noticed by its parent does not). */
    boolean isLive() {
        return started.equals(startOf(pid)) && !state().startsWith("Z");
    }

    boolean isPaused() {
        return isLive() && state().startsWith("T");
    }

    /** When the process of this number started, empty if there is none. */
    static String startOf(long pid) {
        var stat = stat(pid);
        if (stat.isPresent()) {
            return stat.get()[START_TICKS_AFTER_NAME] + "@"
                    + text(Path.of(BOOT_ID)).strip();
        }
        return hasProc()
                ? ""
                : Shell.answer("ps", "-o", "lstart=", "-p", Long.toString(pid)).strip();
    }

    private String state() {
        return stat(pid)
                .map(fields -> fields[0])
                .orElseGet(() -> hasProc()
                        ? ""
                        : Shell.answer("ps", "-o", "state=", "-p", Long.toString(pid))
                                .strip());
    }

    /** The fields of the kernel's line about a process from its state on: what is before is a name that may hold anything. */
    private static Optional<String[]> stat(long pid) {
        var line = text(Path.of("/proc", Long.toString(pid), "stat"));
        return line.isEmpty()
                ? Optional.empty()
                : Optional.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
    }

    private static boolean hasProc() {
        return Files.exists(Path.of(BOOT_ID));
    }

    /** Empty if the file is not there, or its process ended while it was read. */
    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
