package io.murmuration.journal;

import io.murmuration.consensus.Entry;
import io.murmuration.consensus.HardState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What the tests of the stores share. */
final class StoreTesting {
    /** A halt that must not happen. */
    static final Halt NEVER = (sentence, cause) -> {
        throw new AssertionError(sentence, cause);
    };

    private StoreTesting() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static Entry entry(long index, long term, String payload) {
        return new Entry(index, term, Entry.Kind.COMMAND, bytes(payload));
    }

    /** Entries {@code [from, to)} of one term. */
    static List<Entry> entries(long from, long to, long term) {
        var entries = new ArrayList<Entry>();
        for (long index = from; index < to; index++) {
            entries.add(entry(index, term, "entry " + index + " of term " + term));
        }
        return entries;
    }

    static List<Entry> all(ReplicaLog log) {
        var entries = new ArrayList<Entry>();
        var view = log.view();
        long next = view.firstIndex();
        while (next <= view.lastIndex()) {
            var some = view.entries(next, 200);
            entries.addAll(some);
            next += some.size();
        }
        return entries;
    }

    /** Persists and waits until that is reported. */
    static void persist(ReplicaLog log, @Nullable HardState hardState, List<Entry> entries) {
        var durable = new CountDownLatch(1);
        log.persist(hardState, entries, durable::countDown);
        await(durable);
    }

    static void reset(ReplicaLog log, HardState hardState, long index, long term) {
        var durable = new CountDownLatch(1);
        log.reset(hardState, index, term, durable::countDown);
        await(durable);
    }

    /** The files below a folder whose names match. */
    static List<Path> files(Path dir, String pattern) throws IOException {
        try (var found = Files.walk(dir)) {
            return found.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().matches(pattern))
                    .sorted()
                    .toList();
        }
    }

    static Path newestWriteAhead(Path dir) throws IOException {
        return files(dir, ".*\\.log").getLast();
    }

    static void cutTail(Path dir, int bytes) throws IOException {
        var file = newestWriteAhead(dir);
        var content = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(content, Math.max(0, content.length - bytes)));
    }

    /** Flips one bit of one byte of one file that holds data; returns that file. */
    static Path changeOneByte(Path dir, RandomGenerator random) throws IOException {
        var files = files(dir, ".*\\.log|.*\\.sst|.*\\.ldb|MANIFEST.*|CURRENT").stream()
                .filter(file -> file.toFile().length() > 0)
                .toList();
        var file = files.get(random.nextInt(files.size()));
        var content = Files.readAllBytes(file);
        content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, content);
        return file;
    }

    static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    static void deleteAll(Path folder) throws IOException {
        try (var found = Files.walk(folder)) {
            for (var path : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the store did not report in time");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
