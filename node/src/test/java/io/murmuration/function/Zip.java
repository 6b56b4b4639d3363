package io.murmuration.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Zips of functions' code, made in memory. */
public final class Zip {
    private Zip() {}

    /** Files by name; those whose first line names an interpreter are executable. */
    public static byte[] of(Map<String, String> files) {
        try {
            var folder = Files.createTempDirectory("zip");
            var zip = folder.resolve("code.zip");
            try {
                write(zip, files);
                return Files.readAllBytes(zip);
            } finally {
                Files.deleteIfExists(zip);
                Files.delete(folder);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void write(Path zip, Map<String, String> files) throws IOException {
        try (var system = FileSystems.newFileSystem(zip, Map.of("create", true, "enablePosixFileAttributes", true))) {
            for (var file : files.entrySet()) {
                var path = system.getPath("/", file.getKey());
                if (path.getParent() != null) {
                    Files.createDirectories(path.getParent());
                }
                Files.write(path, file.getValue().getBytes(StandardCharsets.UTF_8));
                var mode = file.getValue().startsWith("#!") ? "rwxr-xr-x" : "rw-r--r--";
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
            }
        }
    }
}
