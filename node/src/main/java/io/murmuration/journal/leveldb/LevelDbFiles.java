package io.murmuration.journal.leveldb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The names of LevelDB's files: {@code 000012.log} is a write-ahead file, {@code 000012.sst} (or {@code .ldb}) a table. */
final class LevelDbFiles {
    private static final String WRITE_AHEAD = ".log";

    private static final List<String> TABLE_ENDINGS = List.of(".sst", ".ldb");

    private LevelDbFiles() {}

    /** The write-ahead files, oldest first. */
    static List<Path> writeAhead(Path db) throws IOException {
        try (var files = Files.list(db)) {
            return files.filter(file -> file.getFileName().toString().endsWith(WRITE_AHEAD))
                    .sorted(Comparator.comparingLong(LevelDbFiles::number))
                    .toList();
        }
    }

    /** Whether there is anything that LevelDB makes only once its CURRENT file exists. */
    static boolean hasData(Path db) throws IOException {
        try (var files = Files.list(db)) {
            return files.anyMatch(file -> file.getFileName().toString().endsWith(WRITE_AHEAD) || isTable(file));
        }
    }

    static long number(Path file) {
        var name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }

    static Path writeAhead(Path db, long number) {
        return db.resolve(String.format(Locale.ROOT, "%06d%s", number, WRITE_AHEAD));
    }

    static Optional<Path> table(Path db, long number) {
        return TABLE_ENDINGS.stream()
                .map(ending -> db.resolve(String.format(Locale.ROOT, "%06d%s", number, ending)))
                .filter(Files::exists)
                .findFirst();
    }

    /** Makes the names in a folder durable: syncing a file does not promise that. */
    static void syncNames(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static boolean isTable(Path file) {
        return TABLE_ENDINGS.stream().anyMatch(file.getFileName().toString()::endsWith);
    }
}
