package io.murmuration.journal;

import static io.murmuration.journal.StoreTesting.NEVER;
import static io.murmuration.journal.StoreTesting.all;
import static io.murmuration.journal.StoreTesting.entries;
import static io.murmuration.journal.StoreTesting.entry;
import static io.murmuration.journal.StoreTesting.persist;
import static io.murmuration.journal.StoreTesting.reset;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.consensus.Entry;
import io.murmuration.consensus.HardState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogStoreTest {
    private final Path dir;

    LogStoreTest(@TempDir Path dir) {
        this.dir = dir;
    }

    private LogStore open() {
        return LogStore.open(dir, LogStoreOptions.defaults(), NEVER);
    }

    @Test
    void a_new_log_is_empty() {
        try (var store = open()) {
            var log = store.log(3);

            assertThat(log.hardState()).isEqualTo(HardState.NEW);
            assertThat(log.view().firstIndex()).isEqualTo(1);
            assertThat(log.view().lastIndex()).isZero();
            assertThat(log.view().term(0)).isZero();
            assertThat(log.view().entries(1, 100)).isEmpty();
            assertThat(log.damaged()).isFalse();
        }
    }

    @Test
    void what_was_persisted_is_there_after_the_store_was_opened_again() {
        var entries = List.of(
                new Entry(1, 1, Entry.Kind.VOTERS, new byte[] {1, 2}),
                new Entry(2, 3, Entry.Kind.TERM_OPENED, new byte[0]),
                entry(3, 3, "x"));
        try (var store = open()) {
            persist(store.log(0), new HardState(3, 7), entries);
        }

        try (var store = open()) {
            var log = store.log(0);
            assertThat(log.hardState()).isEqualTo(new HardState(3, 7));
            assertThat(all(log)).isEqualTo(entries);
            assertThat(log.view().term(1)).isEqualTo(1);
            assertThat(log.view().term(3)).isEqualTo(3);
        }
    }

    @Test
    void appends_of_many_groups_become_durable_in_the_order_of_each_group() {
        var reports = Collections.synchronizedList(new ArrayList<String>());
        int groups = 8;
        int appends = 50;
        try (var store = open()) {
            var done = new CountDownLatch(groups * appends);
            for (int i = 1; i <= appends; i++) {
                for (int group = 0; group < groups; group++) {
                    var report = group + ":" + i;
                    store.log(group).persist(null, entries(i, i + 1, 1), () -> {
                        reports.add(report);
                        done.countDown();
                    });
                }
            }
            StoreTesting.await(done);
        }

        try (var store = open()) {
            for (int group = 0; group < groups; group++) {
                var prefix = group + ":";
                assertThat(all(store.log(group))).isEqualTo(entries(1, appends + 1, 1));
                assertThat(reports.stream().filter(report -> report.startsWith(prefix)))
                        .hasSize(appends)
                        .isSortedAccordingTo((a, b) -> Integer.compare(
                                Integer.parseInt(a.substring(prefix.length())),
                                Integer.parseInt(b.substring(prefix.length()))));
            }
        }
    }

    @Test
    void the_view_shows_an_append_when_it_is_reported() {
        try (var store = open()) {
            var log = store.log(0);
            var last = new ArrayList<Long>();
            var done = new CountDownLatch(1);

            log.persist(null, entries(1, 3, 1), () -> {
                last.add(log.view().lastIndex());
                done.countDown();
            });
            StoreTesting.await(done);

            assertThat(last).containsExactly(2L);
        }
    }

    @Test
    void an_append_that_overwrites_drops_the_entries_behind_it() {
        var expected = new ArrayList<>(entries(1, 4, 1));
        expected.addAll(entries(4, 6, 2));
        try (var store = open()) {
            persist(store.log(0), null, entries(1, 10, 1));

            persist(store.log(0), null, entries(4, 6, 2));

            assertThat(all(store.log(0))).isEqualTo(expected);
            assertThat(store.log(0).view().term(4)).isEqualTo(2);
        }
        try (var store = open()) {
            assertThat(all(store.log(0))).isEqualTo(expected);
        }
    }

    @Test
    void overwrites_may_follow_each_other_before_the_first_is_durable() {
        try (var store = open()) {
            var log = store.log(0);
            var done = new CountDownLatch(3);
            log.persist(null, entries(1, 6, 1), done::countDown);
            log.persist(null, entries(3, 5, 2), done::countDown);
            log.persist(null, entries(4, 9, 3), done::countDown);
            StoreTesting.await(done);
        }

        try (var store = open()) {
            var expected = new ArrayList<>(entries(1, 3, 1));
            expected.addAll(entries(3, 4, 2));
            expected.addAll(entries(4, 9, 3));
            assertThat(all(store.log(0))).isEqualTo(expected);
        }
    }

    @Test
    void old_entries_are_read_from_the_disk_when_the_cache_has_let_them_go() {
        try (var store = LogStore.open(dir, LogStoreOptions.defaults().withEntryCacheBytes(500), NEVER)) {
            persist(store.log(0), null, entries(1, 500, 1));

            assertThat(all(store.log(0))).isEqualTo(entries(1, 500, 1));
            assertThat(store.log(0).view().entries(17, 1)).isEqualTo(entries(17, 18, 1));
        }
    }

    @Test
    void a_truncated_log_keeps_the_term_of_its_start_and_goes_on_after_a_restart() {
        try (var store = open()) {
            var log = store.log(0);
            persist(log, null, entries(1, 10, 1));
            persist(log, null, entries(10, 20, 2));

            log.truncate(12);

            assertThat(log.view().firstIndex()).isEqualTo(13);
            assertThat(log.view().term(12)).isEqualTo(2);
            assertThatThrownBy(() -> log.view().entries(12, 1)).isInstanceOf(IllegalArgumentException.class);
            persist(log, null, entries(20, 21, 2));
        }
        try (var store = open()) {
            var log = store.log(0);
            assertThat(log.view().firstIndex()).isEqualTo(13);
            assertThat(log.view().term(12)).isEqualTo(2);
            assertThat(all(log)).isEqualTo(entries(13, 21, 2));
            persist(log, null, entries(13, 14, 3));
            assertThat(all(log)).isEqualTo(entries(13, 14, 3));
        }
    }

    @Test
    void a_log_may_be_truncated_to_nothing() {
        try (var store = open()) {
            persist(store.log(0), null, entries(1, 6, 4));
            store.log(0).truncate(5);
            persist(store.log(0), null, entries(6, 8, 4));
        }
        try (var store = open()) {
            assertThat(all(store.log(0))).isEqualTo(entries(6, 8, 4));
            assertThat(store.log(0).view().term(5)).isEqualTo(4);
        }
    }

    @Test
    void a_truncation_goes_beyond_what_the_cache_holds() {
        try (var store = LogStore.open(dir, LogStoreOptions.defaults().withEntryCacheBytes(100), NEVER)) {
            persist(store.log(0), null, entries(1, 50, 1));
            store.log(0).truncate(20);
            assertThat(all(store.log(0))).isEqualTo(entries(21, 50, 1));
        }
        try (var store = open()) {
            assertThat(all(store.log(0))).isEqualTo(entries(21, 50, 1));
        }
    }

    @Test
    void a_reset_log_begins_after_the_snapshot() {
        try (var store = open()) {
            persist(store.log(0), null, entries(1, 6, 1));

            reset(store.log(0), new HardState(9, 0), 100, 8);

            assertThat(store.log(0).view().firstIndex()).isEqualTo(101);
            assertThat(store.log(0).view().lastIndex()).isEqualTo(100);
            assertThat(store.log(0).view().term(100)).isEqualTo(8);
            persist(store.log(0), null, entries(101, 103, 9));
        }
        try (var store = open()) {
            assertThat(store.log(0).hardState()).isEqualTo(new HardState(9, 0));
            assertThat(store.log(0).view().term(100)).isEqualTo(8);
            assertThat(all(store.log(0))).isEqualTo(entries(101, 103, 9));
        }
    }

    @Test
    void an_append_with_a_gap_is_refused() {
        try (var store = open()) {
            persist(store.log(0), null, entries(1, 3, 1));

            assertThatThrownBy(() -> store.log(0).persist(null, entries(4, 5, 1), () -> {}))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_second_opener_is_refused_and_changes_nothing() {
        try (var store = open()) {
            persist(store.log(0), null, entries(1, 3, 1));

            assertThatThrownBy(this::open)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("in use");
        }
        try (var store = open()) {
            assertThat(all(store.log(0))).hasSize(2);
        }
    }

    @Test
    void a_store_begun_anew_is_damaged_until_each_group_is_cured() {
        try (var store = open()) {
            persist(store.log(0), new HardState(2, 1), entries(1, 3, 1));
        }

        try (var store = LogStore.beginAnew(dir, LogStoreOptions.defaults(), NEVER)) {
            assertThat(store.log(0).damaged()).isTrue();
            assertThat(store.log(0).view().lastIndex()).isZero();
            var cured = new CountDownLatch(1);
            store.log(0).cured(cured::countDown);
            StoreTesting.await(cured);
            assertThat(store.log(0).damaged()).isFalse();
        }
        try (var store = open()) {
            assertThat(store.log(0).damaged()).isFalse();
            assertThat(store.log(1).damaged()).isTrue();
        }
    }

    @Test
    void a_failed_write_halts_the_process_and_is_not_reported() throws IOException {
        var halted = new CountDownLatch(1);
        var reported = new AtomicBoolean();
        var options = LogStoreOptions.defaults().withWriteBufferBytes(64 * 1024);
        try (var store = LogStore.open(dir, options, (sentence, cause) -> halted.countDown())) {
            persist(store.log(0), null, List.of(entry(1, 1, "x".repeat(100_000))));
            // the next batch needs a new write-ahead file
            StoreTesting.deleteAll(dir.resolve("db"));

            store.log(0).persist(null, List.of(entry(2, 1, "x")), () -> reported.set(true));

            StoreTesting.await(halted);
            assertThat(reported).isFalse();
            assertThat(store.log(0).view().lastIndex()).isEqualTo(1);
        }
    }
}
