package io.murmuration.cli.demo.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.cli.demo.functions.SiteApi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class CodeZipTest {
    private static final String FUNCTIONS = "io/murmuration/cli/demo/functions/";

    @Test
    void a_java_function_has_all_classes_of_its_package_and_the_json_library() throws Exception {
        var folder = Path.of(SiteApi.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve(FUNCTIONS);
        List<String> classes;
        try (var files = Files.list(folder)) {
            classes = files.map(file -> FUNCTIONS + file.getFileName())
                    .filter(name -> !name.endsWith("package-info.class") && !name.contains("Test"))
                    .toList();
        }

        assertThat(names(CodeZip.ofJava()))
                .containsAll(classes)
                .contains("lib/jackson-core.jar")
                .hasSize(classes.size() + 1);
    }

    @Test
    void scripts_are_zipped_as_they_are() throws IOException {
        assertThat(names(CodeZip.ofScripts("api.mjs", "tables.mjs"))).containsExactly("api.mjs", "tables.mjs");
    }

    private static List<String> names(byte[] zip) throws IOException {
        var names = new ArrayList<String>();
        try (var entries = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (var entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                names.add(entry.getName());
            }
        }
        return names;
    }
}
