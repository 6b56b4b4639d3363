package io.murmuration.journal.leveldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.murmuration.journal.leveldb.LevelDbOptions.Recovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLevelDbTest extends LevelDbContract {
    private final Path dir;

    NativeLevelDbTest(@TempDir Path dir) {
        super(dir, false);
        this.dir = dir;
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

    private static LevelDb open(Path folder) {
        return LevelDb.open(
                folder, new LevelDbOptions(true, false, Recovery.EVERY_BATCH_WAS_SYNCED, 1 << 20, 64 << 10, false));
    }

    private static void put(LevelDb db, int number) {
        var batch = new WriteBatch();
        batch.put(new byte[] {(byte) (number >> 8), (byte) number}, new byte[1_000]);
        db.write(batch, false);
    }

    /** What {@link Inspection} takes a lost file by. */
    @Test
    void it_writes_to_no_write_ahead_file_while_an_older_one_is_empty() throws IOException {
        for (int start = 0; start < 3; start++) {
            try (var db = open(dir)) {
                assertThat(hasRecordsBehindAnEmptyFile()).isFalse();
                for (int i = 0; i < 300; i++) {
                    put(db, 300 * start + i); // each 64 KiB it begins another file
                    assertThat(hasRecordsBehindAnEmptyFile()).isFalse();
                }
            }
        }
    }

    private boolean hasRecordsBehindAnEmptyFile() throws IOException {
        var db = LevelDb.dbFolder(dir);
        boolean empty = false;
        try {
            for (var file : LevelDbFiles.writeAhead(db)) {
                if (LevelDbFiles.number(file) >= Manifest.current(db).writeAhead()) {
                    boolean hasRecords = !RecordFile.read(file).records().isEmpty();
                    if (empty && hasRecords) {
                        return true;
                    }
                    empty |= !hasRecords;
                }
            }
        } catch (NoSuchFileException becameATable) {
            return false;
        }
        return false;
    }

    /** Opened and killed again and again before anything is written; the last one was killed before its manifest named its new file. */
    @Test
    void starts_that_write_nothing_leave_no_gap() throws IOException {
        var folder = dir.resolve("0");
        for (int start = 1; start <= 4; start++) {
            var killed = dir.resolve(String.valueOf(start));
            try (var db = open(folder)) {
                assertThat(db.get(new byte[] {0, 7})).isNull();
                copy(folder, killed);
            }
            folder = killed;
        }
        long newest = LevelDbFiles.number(
                LevelDbFiles.writeAhead(LevelDb.dbFolder(folder)).getLast());
        Files.createFile(LevelDbFiles.writeAhead(LevelDb.dbFolder(folder), newest + 3));
        try (var db = open(folder)) {
            put(db, 7);
        }
        try (var db = open(folder)) {
            assertThat(db.get(new byte[] {0, 7})).hasSize(1_000);
        }
    }

    @Test
    void a_locale_with_digits_of_its_own_starts_again() {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("fa-IR-u-nu-arabext"));
        try {
            for (int start = 0; start < 3; start++) {
                try (var db = open(dir)) {
                    put(db, start);
                    db.verify();
                }
            }
        } finally {
            Locale.setDefault(before);
        }
    }
}
