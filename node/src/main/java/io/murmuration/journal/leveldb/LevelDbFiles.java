package io.murmuration.journal.leveldb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The names of LevelDB's files: {@code 000012.log} is a write-ahead file, {@code 000012.sst} (or {@code .ldb}) a table. */
final class LevelDbFiles {
    private static final String WRITE_AHEAD = ".log";

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
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.endsWith(WRITE_AHEAD) || name.endsWith(".sst") || name.endsWith(".ldb"));
        }
    }

    static long number(Path file) {
        var name = file.getFileName().toString();
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }

    static Path writeAhead(Path db, long number) {
        return db.resolve(String.format("%06d%s", number, WRITE_AHEAD));
    }

    static boolean tableExists(Path db, long number, long sizeBytes) throws IOException {
        for (var ending : List.of(".sst", ".ldb")) {
            var file = db.resolve(String.format("%06d%s", number, ending));
            if (Files.exists(file)) {
                return Files.size(file) >= sizeBytes;
            }
        }
        return false;
    }
}
