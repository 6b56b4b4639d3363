package io.murmuration.journal.leveldb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.journal.DamagedStoreException;
import io.murmuration.journal.leveldb.LevelDbOptions.Recovery;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import org.iq80.leveldb.DBException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaLevelDbTest extends LevelDbContract {
    private final Path dir;

    JavaLevelDbTest(@TempDir Path dir) {
        super(dir, true);
        this.dir = dir;
    }

    @Test
    void too_many_open_files_are_no_damage_however_they_are_wrapped() {
        var tooMany = new FileNotFoundException("000005.sst (Too many open files)");
        var wrapped = new RuntimeException("Could not open table 5", new ExecutionException(tooMany));

        assertThat(JavaEngine.failure(wrapped)).isSameAs(tooMany);
        assertThat(Damage.classify(dir, JavaEngine.failure(wrapped))).isInstanceOf(UncheckedIOException.class);
        assertThat(dir.resolve("damaged")).doesNotExist();
    }

    @Test
    void what_ended_its_work_is_no_damage() {
        for (var ended : new RuntimeException[] {
            new DBException("closed"),
            new DBException(new OutOfMemoryError()),
            new DBException(new InterruptedException()),
        }) {
            assertThat(Damage.classify(dir, JavaEngine.failure(ended)))
                    .as("%s", ended)
                    .isInstanceOf(UncheckedIOException.class);
        }
        assertThat(dir.resolve("damaged")).doesNotExist();
    }

    @Test
    void what_its_parser_stumbles_over_is_damage() {
        var stumbled = new DBException(new IllegalArgumentException("bad block"));

        assertThat(Damage.classify(dir, JavaEngine.failure(stumbled))).isInstanceOf(DamagedStoreException.class);
    }

    /** It names its files in the default locale. */
    @Test
    void a_locale_with_digits_of_its_own_is_refused_before_anything_is_written() throws IOException {
        var before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("fa-IR-u-nu-arabext"));
        try {
            assertThatThrownBy(() -> LevelDb.open(
                            dir, new LevelDbOptions(true, false, Recovery.KEEP_A_PREFIX, 1 << 20, 1 << 20, true)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("-Duser.language=en");
            assertThat(LevelDb.exists(dir)).isFalse();
        } finally {
            Locale.setDefault(before);
        }
    }
}
