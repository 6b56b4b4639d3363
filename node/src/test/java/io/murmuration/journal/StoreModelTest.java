package io.murmuration.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.consensus.Entry;
import io.murmuration.consensus.HardState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random work on the log store, and the same on a list per group; they agree whenever they are compared, after restarts too. */
class StoreModelTest {
    private static final int GROUPS = 3;
    private static final int STEPS = 150;

    private final Path dir;

    StoreModelTest(@TempDir Path dir) {
        this.dir = dir;
    }

    /** What one group's log should be. */
    private static final class Model {
        private HardState hardState = HardState.NEW;
        private long startIndex;
        private long startTerm;
        private final List<Entry> entries = new ArrayList<>();

        long last() {
            return startIndex + entries.size();
        }

        long term(long index) {
            return index == startIndex
                    ? startTerm
                    : entries.get((int) (index - startIndex - 1)).term();
        }

        void append(List<Entry> appended) {
            long first = appended.getFirst().index();
            entries.subList((int) (first - startIndex - 1), entries.size()).clear();
            entries.addAll(appended);
        }

        void truncate(long index) {
            long term = term(index);
            entries.subList(0, (int) (index - startIndex)).clear();
            startIndex = index;
            startTerm = term;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_log_store_does_what_a_list_does(long seed) {
        var random = new SplittableRandom(seed);
        var options = LogStoreOptions.defaults()
                .withEntryCacheBytes(random.nextInt(100, 5_000))
                .withWriteBufferBytes(64 * 1024)
                .withJavaOnly(seed % 4 == 0);
        var models = new ArrayList<Model>();
        for (int group = 0; group < GROUPS; group++) {
            models.add(new Model());
        }
        var store = LogStore.open(dir, options, StoreTesting.NEVER);
        for (int step = 0; step < STEPS; step++) {
            int choice = random.nextInt(100);
            if (choice < 3) {
                store.close();
                store = LogStore.open(dir, options, StoreTesting.NEVER);
                compareAll(store, models, seed, step);
            } else {
                work(random, store, models);
                int group = random.nextInt(GROUPS);
                compare(store.log(group), models.get(group), "seed " + seed + ", step " + step);
            }
        }
        store.close();
        store = LogStore.open(dir, options, StoreTesting.NEVER);
        compareAll(store, models, seed, STEPS);
        store.close();
    }

    /** Some changes of several groups at once, so that they share batches; then waits for all. */
    private static void work(SplittableRandom random, LogStore store, List<Model> models) {
        int writes = random.nextInt(1, 8);
        var durable = new CountDownLatch(writes);
        for (int i = 0; i < writes; i++) {
            int group = random.nextInt(GROUPS);
            change(random, store.log(group), models.get(group), durable);
        }
        StoreTesting.await(durable);
        int group = random.nextInt(GROUPS);
        var model = models.get(group);
        if (random.nextInt(4) == 0 && !model.entries.isEmpty()) {
            long index = random.nextLong(model.startIndex + 1, model.last() + 1);
            store.log(group).truncate(index);
            model.truncate(index);
        }
    }

    private static void change(SplittableRandom random, ReplicaLog log, Model model, CountDownLatch durable) {
        long term = model.hardState.term() + random.nextInt(2);
        var hardState = new HardState(term, random.nextInt(3));
        model.hardState = hardState;
        if (random.nextInt(30) == 0) {
            model.startIndex = model.last() + random.nextInt(1, 50);
            model.startTerm = term;
            model.entries.clear();
            log.reset(hardState, model.startIndex, term, durable::countDown);
            return;
        }
        long first =
                random.nextInt(5) == 0 ? random.nextLong(model.startIndex + 1, model.last() + 2) : model.last() + 1;
        var appended = new ArrayList<Entry>();
        for (int i = random.nextInt(6); i > 0; i--) {
            var payload = new byte[random.nextInt(3_000)];
            random.nextBytes(payload);
            appended.add(new Entry(first + appended.size(), term, Entry.Kind.COMMAND, payload));
        }
        if (!appended.isEmpty()) {
            model.append(appended);
        }
        log.persist(hardState, appended, durable::countDown);
    }

    private static void compareAll(LogStore store, List<Model> models, long seed, int step) {
        for (int group = 0; group < GROUPS; group++) {
            var as = "seed " + seed + ", step " + step + ", group " + group;
            compare(store.log(group), models.get(group), as);
            assertThat(store.log(group).hardState()).as(as).isEqualTo(models.get(group).hardState);
        }
    }

    private static void compare(ReplicaLog log, Model model, String as) {
        assertThat(log.view().firstIndex()).as(as).isEqualTo(model.startIndex + 1);
        assertThat(log.view().lastIndex()).as(as).isEqualTo(model.last());
        assertThat(StoreTesting.all(log)).as(as).isEqualTo(model.entries);
        for (long index = model.startIndex; index <= model.last(); index++) {
            assertThat(log.view().term(index)).as(as).isEqualTo(model.term(index));
        }
    }
}
