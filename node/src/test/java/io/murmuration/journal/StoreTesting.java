package io.murmuration.journal;

import io.murmuration.consensus.Entry;
import io.murmuration.consensus.HardState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
