package io.murmuration.journal.leveldb;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.journal.DamagedStoreException;
import io.murmuration.journal.leveldb.LevelDbOptions.Recovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableFileTest {
    private final Path dir;

    TableFileTest(@TempDir Path dir) {
        this.dir = dir;
    }

    /** Of every table that either LevelDB makes, each byte that a read depends on is checked. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_sound_table_passes_and_a_changed_block_does_not(boolean javaOnly) throws IOException {
        var options = new LevelDbOptions(true, false, Recovery.KEEP_A_PREFIX, 1 << 20, 1 << 20, javaOnly);
        try (var db = LevelDb.open(dir, options)) {
            var batch = new WriteBatch();
            for (int i = 0; i < 500; i++) {
                batch.put(new byte[] {(byte) (i >> 8), (byte) i}, new byte[100]);
            }
            db.write(batch, true);
        }
        LevelDb.open(dir, options).close();
        var table = LiveTables.of(dir).getFirst();
        assertThatCode(() -> TableFile.checkIndex(table)).doesNotThrowAnyException();
        assertThatCode(() -> TableFile.checkAll(table)).doesNotThrowAnyException();

        var content = Files.readAllBytes(table);
        int blocksEnd = content.length - 48;
        for (int seed = 1; seed <= 100; seed++) {
            var changed = content.clone();
            changed[new SplittableRandom(seed).nextInt(blocksEnd)] ^= 4;
            Files.write(table, changed);

            assertThatThrownBy(() -> TableFile.checkAll(table))
                    .as("seed %d", seed)
                    .isInstanceOf(DamagedStoreException.class);
        }
        Files.write(table, Arrays.copyOf(content, content.length - 1));
        assertThatThrownBy(() -> TableFile.checkIndex(table)).isInstanceOf(DamagedStoreException.class);
        Files.write(table, new byte[0]);
        assertThatThrownBy(() -> TableFile.checkIndex(table)).isInstanceOf(DamagedStoreException.class);
    }
}
