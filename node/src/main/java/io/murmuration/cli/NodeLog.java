package io.murmuration.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** What a node's process prints: {@code node-N/node.log}, and those of the starts before as {@code node.log.1} (the latest) to {@code node.log.4}. */
final class NodeLog {
    private static final String NAME = "node.log";
    private static final int KEPT = 4;

    private NodeLog() {}

    static Path file(Path nodePath) {
        return nodePath.resolve(NAME);
    }

    /** Begins a new log. */
    static Path rotate(Path nodePath) {
        try {
            for (int age = KEPT - 1; age >= 0; age--) {
                var older = aged(nodePath, age);
                if (Files.exists(older)) {
                    Files.move(older, aged(nodePath, age + 1), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            return Files.createFile(file(nodePath));
        } catch (IOException e) {
            throw CommandFailed.failed("The log in " + nodePath + " cannot be written: " + e.getMessage() + ".");
        }
    }

    private static Path aged(Path nodePath, int age) {
        return age == 0 ? file(nodePath) : nodePath.resolve(NAME + "." + age);
    }

    /** The last lines, at most so many; none if there is no log. */
    static List<String> tail(Path nodePath, int linesMax) {
        try {
            // Bytes that are no UTF-8 must not hide a log.
            var lines = new String(Files.readAllBytes(file(nodePath)), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return lines.subList(Math.max(0, lines.size() - linesMax), lines.size());
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw CommandFailed.failed("The log in " + nodePath + " cannot be read: " + e.getMessage() + ".");
        }
    }
}
