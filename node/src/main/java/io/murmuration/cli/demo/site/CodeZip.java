package io.murmuration.cli.demo.site;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The code of functions, zipped from what this program has with it. */
final class CodeZip {
    private static final String FUNCTIONS = "io/murmuration/cli/demo/functions/";

    /** All of the package: a class that is missing here is one that a function does not find. */
    static final List<String> CLASSES = List.of(
            "CountRules",
            "CountRules$Change",
            "CountRules$Step",
            "Environment",
            "EventNoter",
            "Json",
            "PhotoNoter",
            "ReportRules",
            "SiteApi",
            "StrikeCounter",
            "TableRefusedException",
            "Tables");

    private CodeZip() {}

    /** Scripts that lie beside this class. */
    static byte[] ofScripts(String... names) {
        var files = new LinkedHashMap<String, byte[]>();
        for (var name : names) {
            files.put(name, SiteFiles.read(name));
        }
        return zip(files);
    }

    /** The functions in Java, with the jar that they need. */
    static byte[] ofJava() {
        var files = new LinkedHashMap<String, byte[]>();
        for (var name : CLASSES) {
            var file = FUNCTIONS + name + ".class";
            files.put(file, SiteFiles.read("/" + file));
        }
        files.put("lib/jackson-core.jar", jar(JsonFactory.class));
        return zip(files);
    }

    private static byte[] jar(Class<?> type) {
        try {
            var source = Objects.requireNonNull(type.getProtectionDomain().getCodeSource(), type.getName());
            return Files.readAllBytes(Path.of(source.getLocation().toURI()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] zip(Map<String, byte[]> files) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
