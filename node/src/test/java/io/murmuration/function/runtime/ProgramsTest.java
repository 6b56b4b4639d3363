package io.murmuration.function.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramsTest {
    private static final List<String> QUESTION = List.of("--where");

    private final Path folder;
    private final Programs programs;

    ProgramsTest(@TempDir Path folder) {
        this.folder = folder;
        this.programs = new Programs("/nowhere:" + folder + ":/bin");
    }

    @Test
    void a_script_that_looks_for_the_program_is_asked_once_where_that_is() throws IOException {
        var asked = folder.resolve("asked");
        script("python3", "echo \"$1\" >> " + asked + "; echo /bin/sh");

        assertThat(programs.find("python3", QUESTION)).contains("/bin/sh");
        assertThat(programs.find("python3", QUESTION)).contains("/bin/sh");
        assertThat(Files.readAllLines(asked)).containsExactly("--where");
    }

    @Test
    void what_does_not_tell_is_taken_as_it_was_found() throws IOException {
        script("fails", "echo /bin/sh; exit 1");
        script("says", "echo something else");
        script("silent", "");

        assertThat(programs.find("fails", QUESTION))
                .contains(folder.resolve("fails").toString());
        assertThat(programs.find("says", QUESTION))
                .contains(folder.resolve("says").toString());
        assertThat(programs.find("silent", QUESTION))
                .contains(folder.resolve("silent").toString());
    }

    @Test
    void what_cannot_be_run_is_no_program() throws IOException {
        Files.writeString(folder.resolve("text"), "no program");
        Files.createDirectory(folder.resolve("folder"));

        assertThat(programs.find("text", QUESTION)).isEmpty();
        assertThat(programs.find("folder", QUESTION)).isEmpty();
        assertThat(programs.find("absent", QUESTION)).isEmpty();
    }

    private void script(String name, String body) throws IOException {
        var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
