package io.murmuration.function;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

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

    /** One file of so many zeros, which packs well. */
    public static byte[] ofZeros(String name, long zeros) {
        var packed = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(packed)) {
            zip.putNextEntry(new ZipEntry(name));
            var chunk = new byte[1 << 16];
            for (long left = zeros; left > 0; left -= chunk.length) {
                zip.write(chunk, 0, (int) Math.min(left, chunk.length));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return packed.toByteArray();
    }

    /** Files, and one more of any bytes. */
    public static byte[] with(Map<String, String> files, String name, byte[] content) {
        var packed = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(packed)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return packed.toByteArray();
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
