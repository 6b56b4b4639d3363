package io.murmuration.function.environment;

import io.murmuration.function.environment.Isolation.Launch;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out, by trying, how this machine lets processes be isolated. Waits for the programs that it tries. */
public final class Isolations {
    private static final Logger log = LoggerFactory.getLogger(Isolations.class);
    private static final Path CONTROL_GROUPS = Path.of("/sys/fs/cgroup");
    private static final Path MEMBERSHIPS = Path.of("/proc/self/cgroup");
    private static final int TRIAL_SECONDS = 10;

    private Isolations() {}

    /**
     * The best there is.
     *
     * @param path folders with programs, as in the environment variable PATH
     * @param folder where functions and their environments live; made if it is not there
     * @param hidden what functions shall not see, but for their own and what is shown
     * @param shown what all functions see
     */
    public static Isolation best(String path, Path folder, List<Path> hidden, List<Path> shown) throws IOException {
        Files.createDirectories(folder);
        var candidates = new ArrayList<Wrapping>();
        program(path, "bwrap").ifPresent(found -> candidates.add(bubblewrap(found, hidden, shown)));
        program(path, "setpriv").ifPresent(found -> candidates.add(new Wrapping.DeathSignal(found)));
        candidates.add(new Wrapping.Watched("/bin/sh"));
        for (var candidate : candidates) {
            if (works(candidate, path, folder)) {
                return new ProcessIsolation(candidate, memory());
            }
        }
        return new ProcessIsolation(new Wrapping.Plain(), memory());
    }

    /** Plain processes, whatever the machine has to offer. */
    public static Isolation none() {
        return new ProcessIsolation(new Wrapping.Plain(), Optional.empty());
    }

    static Wrapping bubblewrap(String program, List<Path> hidden, List<Path> shown) {
        return new Wrapping.Bubblewrap(program, texts(hidden), texts(shown));
    }

    static Optional<MemoryGroups> memory() throws IOException {
        return Files.isReadable(MEMBERSHIPS) && Files.isExecutable(Path.of("/bin/sh"))
                ? MemoryGroups.detect(
                        CONTROL_GROUPS,
                        Files.readAllLines(MEMBERSHIPS),
                        ProcessHandle.current().pid())
                : Optional.empty();
    }

    private static boolean works(Wrapping wrapping, String path, Path folder) throws IOException {
        var trueProgram = program(path, "true");
        if (trueProgram.isEmpty()) {
            return false;
        }
        var trial = Files.createTempDirectory(folder, "trial-");
        try {
            var launch = new Launch(List.of(trueProgram.get()), trial, trial, trial.resolve("output"), Map.of(), 0);
            var process = new ProcessBuilder(wrapping.command(launch))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            boolean ended = process.waitFor(TRIAL_SECONDS, TimeUnit.SECONDS);
            process.destroyForcibly();
            return ended && process.exitValue() == 0;
        } catch (IOException unusable) {
            log.debug("A way to isolate functions does not work here. way={}", wrapping.words(), unusable);
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            Folders.remove(trial);
        }
    }

    static Optional<String> program(String path, String name) {
        return Pattern.compile(":")
                .splitAsStream(path)
                .filter(each -> !each.isEmpty())
                .map(each -> Path.of(each, name).toAbsolutePath())
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .map(Path::toString)
                .findFirst();
    }

    private static List<String> texts(List<Path> folders) {
        return folders.stream()
                .map(Path::toAbsolutePath)
                .map(Path::normalize)
                .map(Path::toString)
                .toList();
    }
}
