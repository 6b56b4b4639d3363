package io.murmuration.function.runtime;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The programs of this machine. What a PATH leads to may be a script that looks for the program (of pyenv, asdf or volta), which takes longer than the
 * program's own start: so each is asked once what it is.
 */
final class Programs {
    private static final Logger log = LoggerFactory.getLogger(Programs.class);

    private static final long TOLD_SECONDS_MAX = 10;

    private final String path;
    private final Map<String, String> told = new ConcurrentHashMap<>();

    /** @param path folders with programs, as in the environment variable PATH */
    Programs(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }

    /**
     * Empty if there is none of this name.
     *
     * @param question arguments with which it prints the path of its own file
     */
    Optional<String> find(String name, List<String> question) {
        return Pattern.compile(":")
                .splitAsStream(path)
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name).toAbsolutePath())
                .filter(Programs::isProgram)
                .map(Path::toString)
                .findFirst()
                .map(found -> told.computeIfAbsent(found, first -> itself(first, question)));
    }

    private String itself(String found, List<String> question) {
        var command = new ArrayList<>(List.of(found));
        command.addAll(question);
        var builder = new ProcessBuilder(command)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(Redirect.DISCARD);
        builder.environment().put("PATH", path);
        try {
            var process = builder.start();
            if (!process.waitFor(TOLD_SECONDS_MAX, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return found;
            }
            var answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (process.exitValue() == 0 && isProgram(Path.of(answer).toAbsolutePath())) {
                return answer;
            }
        } catch (IOException | InvalidPathException failure) {
            log.info(
                    "A program does not say where it lies, and is started as it was found. program={}", found, failure);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return found;
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }
}
