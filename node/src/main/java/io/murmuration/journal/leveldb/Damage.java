package io.murmuration.journal.leveldb;

import io.murmuration.journal.DamagedStoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells damage from other trouble, and remembers it: a file {@code damaged} in the store's folder holds the sentence. Without it a node whose writes
 * fail because a table is unreadable would halt, start, and halt again, since a start does not read all tables.
 */
final class Damage {
    private static final Logger LOG = LoggerFactory.getLogger(Damage.class);
    private static final String NOTE = "damaged";
    /** How LevelDB's messages begin, or what they hold, when stored bytes are wrong, missing or unreadable. */
    private static final List<String> SIGNS =
            List.of("Corruption", "Invalid argument", "No such file", "Input/output error", "Structure needs");

    private Damage() {}

    static RuntimeException classify(Path dir, IOException failure) {
        var message = String.valueOf(failure.getMessage());
        if (SIGNS.stream().noneMatch(message::contains)) {
            return new UncheckedIOException(failure);
        }
        var damaged = new DamagedStoreException("The store " + dir + " is damaged: " + message, failure);
        note(dir, damaged);
        return damaged;
    }

    static void refuseIfNoted(Path dir) throws IOException {
        var note = dir.resolve(NOTE);
        if (Files.exists(note)) {
            throw new DamagedStoreException(Files.readString(note));
        }
    }

    static void setAside(Path dir) {
        var first = dir.resolveSibling(dir.getFileName() + "-damaged");
        var newest = dir.resolveSibling(dir.getFileName() + "-damaged-again");
        try {
            if (!Files.exists(dir)) {
                return;
            }
            var isFirst = !Files.exists(first);
            if (!isFirst) {
                deleteAll(newest);
            }
            Files.move(dir, isFirst ? first : newest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (var found = Files.walk(folder)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (var path : all) {
            Files.delete(path);
        }
    }

    /** As well as it can: where even this fails, the next start finds the damage where this one did. */
    static void note(Path dir, DamagedStoreException damaged) {
        try {
            Files.writeString(
                    dir.resolve(NOTE),
                    String.valueOf(damaged.getMessage()),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
        } catch (IOException e) {
            LOG.warn("The damage of a store could not be noted in its folder: {}", dir, e);
        }
    }
}
