package io.murmuration.journal.leveldb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The closed table files that a store consists of. Others may lie beside them: LevelDB was about to delete them, or had not finished them. */
public final class LiveTables {
    private LiveTables() {}

    /** @param store the folder of a store, which is not open */
    public static List<Path> of(Path store) throws IOException {
        var db = LevelDb.dbFolder(store);
        return Manifest.current(db).tables().stream()
                .sorted()
                .map(number -> LevelDbFiles.table(db, number))
                .flatMap(Optional::stream)
                .toList();
    }
}
