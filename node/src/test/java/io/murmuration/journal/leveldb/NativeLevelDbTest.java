package io.murmuration.journal.leveldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLevelDbTest extends LevelDbContract {
    NativeLevelDbTest(@TempDir Path dir) {
        super(dir, false);
        assumeTrue(NativeLibrary.isLoaded(), "no native LevelDB for this machine");
    }

    @Test
    void the_unpacked_library_is_gone_once_it_is_loaded() throws IOException {
        var maps = Path.of("/proc/self/maps");
        assumeTrue(Files.exists(maps), "this system does not show what a process has mapped");

        assertThat(Files.readAllLines(maps).stream().filter(line -> line.contains("libleveldbjni")))
                .isNotEmpty()
                .allMatch(line -> line.endsWith("(deleted)"));
    }
}
