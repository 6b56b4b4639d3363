package io.murmuration.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads a node's log from the beginning, whole lines only, and goes over to the new file when the node is started again. */
final class LogFollower {
    static final Duration GLANCE = Duration.ofMillis(200);
    private static final int BYTES_AT_ONCE_MAX = 1024 * 1024;

    private final Path nodePath;
    private final String prefix;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private @Nullable Object file;
    private long read;

    LogFollower(Path nodePath, String prefix) {
        this.nodePath = nodePath;
        this.prefix = prefix;
    }

    /** The lines that were completed since the last call, none if there is no log yet. */
    List<String> next() {
        try {
            var log = NodeLog.file(nodePath);
            var attributes = Files.readAttributes(log, BasicFileAttributes.class);
            if (!Objects.equals(attributes.fileKey(), file)) {
                file = attributes.fileKey();
                read = 0;
                unfinished.reset();
            }
            try (var channel = FileChannel.open(log)) {
                channel.position(read);
                var bytes = Channels.newInputStream(channel).readNBytes(BYTES_AT_ONCE_MAX);
                read += bytes.length;
                return lines(bytes);
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw CommandFailed.failed("The log in " + nodePath + " cannot be read: " + e.getMessage() + ".");
        }
    }

    private List<String> lines(byte[] bytes) {
        unfinished.writeBytes(bytes);
        var all = unfinished.toByteArray();
        int end = all.length;
        while (end > 0 && all[end - 1] != '\n') {
            end--;
        }
        unfinished.reset();
        unfinished.write(all, end, all.length - end);
        return new String(all, 0, end, StandardCharsets.UTF_8)
                .lines()
                .map(line -> prefix + line)
                .toList();
    }
}
