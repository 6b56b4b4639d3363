package io.murmuration.journal.leveldb;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class JavaLevelDbTest extends LevelDbContract {
    JavaLevelDbTest(@TempDir Path dir) {
        super(dir, true);
    }
}
