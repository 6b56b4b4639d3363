package io.murmuration.journal.leveldb;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class NativeLevelDbTest extends LevelDbContract {
    NativeLevelDbTest(@TempDir Path dir) {
        super(dir, false);
    }
}
