package io.murmuration.function.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.function.Zip;
import io.murmuration.protocol.ServiceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodePackageTest {
    private static final String NOT_UNZIPPED =
            "Could not unzip uploaded file. Please check your file, then try to upload again.";
    private static final long PLENTY = 1 << 20;

    private final Path folder;

    CodePackageTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void files_and_folders_come_out_as_they_went_in() throws IOException {
        unpack(Zip.of(Map.of("index.js", "1", "lib/deep/a.js", "2")));

        assertThat(target().resolve("index.js")).hasContent("1");
        assertThat(target().resolve("lib/deep/a.js")).hasContent("2");
        assertThat(folder)
                .isDirectoryNotContaining(file -> file.getFileName().toString().endsWith(".zip"));
    }

    @Test
    void what_was_executable_still_is() throws IOException {
        unpack(Zip.of(Map.of("bootstrap", "#!/bin/sh\n", "data", "x")));

        assertThat(Files.isExecutable(target().resolve("bootstrap"))).isTrue();
        assertThat(target().resolve("data").toFile().canRead()).isTrue();
        assertThat(Files.getPosixFilePermissions(target().resolve("data")).toString())
                .doesNotContain("EXECUTE");
    }

    @Test
    void bytes_that_are_no_zip_are_refused() {
        assertRefused("this is no zip".getBytes(ISO_8859_1), NOT_UNZIPPED);
        assertRefused(new byte[0], NOT_UNZIPPED);
    }

    @Test
    void a_zip_that_lost_its_end_is_refused() {
        var zip = Zip.of(Map.of("index.js", "x".repeat(1000)));

        assertRefused(Arrays.copyOf(zip, zip.length - 30), NOT_UNZIPPED);
    }

    @Test
    void an_entry_cannot_climb_out_of_the_folder() throws IOException {
        assertRefused(named("../outside"), NOT_UNZIPPED);
        assertRefused(named("a/../../outside"), NOT_UNZIPPED);
        assertThat(folder.resolve("outside")).doesNotExist();
    }

    @Test
    void an_absolute_name_stays_below_the_folder() throws IOException {
        var outside = folder.resolve("outside");

        unpack(named(outside.toString()));

        assertThat(outside).doesNotExist();
        assertThat(Path.of(target().toString(), outside.toString())).exists();
    }

    @Test
    void of_a_name_that_is_a_file_and_a_folder_the_file_counts() throws IOException {
        unpack(named("a", "a/b"));

        assertThat(target().resolve("a")).isRegularFile();
    }

    @Test
    void what_unpacks_to_too_much_is_refused_once_it_is_too_much() {
        var bomb = Zip.of(Map.of("zeros", "\0".repeat((int) PLENTY)));

        assertThat(bomb.length).isLessThan(100_000);
        assertRefused(bomb, "Unzipped size must be smaller than 1048576 bytes");
    }

    @Test
    void a_zip_that_lies_of_its_size_is_refused_all_the_same() throws IOException {
        var zip = Zip.of(Map.of("zeros", "\0".repeat(2 * (int) PLENTY)));
        // the uncompressed size in the central directory, which ends with the 22 bytes of the end record and the
        // entry's name before it
        int entry = new String(zip, ISO_8859_1).indexOf("PK\1\2");
        Arrays.fill(zip, entry + 24, entry + 28, (byte) 0);

        assertThatThrownBy(() -> unpack(zip)).isInstanceOf(ServiceException.class);
        assertThat(size()).isLessThanOrEqualTo(PLENTY);
    }

    private long size() throws IOException {
        try (var files = Files.walk(target())) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private void assertRefused(byte[] zip, String message) {
        assertThatThrownBy(() -> unpack(zip))
                .isInstanceOf(ServiceException.class)
                .hasMessage(message);
    }

    private void unpack(byte[] zip) throws IOException {
        CodePackage.unpack(zip, target(), PLENTY);
    }

    private Path target() {
        return folder.resolve("code");
    }

    private static byte[] named(String... names) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(1);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
