package io.murmuration.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.persistence.DeleteSnapshotSuccess;
import org.apache.pekko.persistence.DeleteSnapshotsSuccess;
import org.apache.pekko.persistence.SaveSnapshotSuccess;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotProtocol.DeleteSnapshot;
import org.apache.pekko.persistence.SnapshotProtocol.DeleteSnapshots;
import org.apache.pekko.persistence.SnapshotProtocol.LoadSnapshot;
import org.apache.pekko.persistence.SnapshotProtocol.LoadSnapshotResult;
import org.apache.pekko.persistence.SnapshotProtocol.SaveSnapshot;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Option;

/** The cases of the snapshot store part of Pekko's persistence TCK, and of its optional capabilities, each as a test of our own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SnapshotStoreContractTest {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final AtomicInteger ENTITIES = new AtomicInteger();
    private static final long ALL = Long.MAX_VALUE;

    private PluginSystem plugin;
    private String entity = "";
    private TestKit probe;
    private final List<SnapshotMetadata> saved = new ArrayList<>();

    @BeforeAll
    void open(@TempDir Path folder) {
        plugin = new PluginSystem(folder);
        probe = new TestKit(plugin.system());
    }

    @AfterAll
    void close() {
        plugin.close();
    }

    @BeforeEach
    void five_snapshots_are_saved() {
        probe = new TestKit(plugin.system());
        entity = "entity-" + ENTITIES.incrementAndGet();
        saved.clear();
        for (int number = 1; number <= 5; number++) {
            saved.add(save(SnapshotMetadata.apply(entity, number + 10), "s-" + number));
        }
    }

    @Test
    void there_is_no_snapshot_of_an_entity_that_saved_none() {
        tell(new LoadSnapshot("nobody", SnapshotSelectionCriteria.latest(), ALL));

        expectLoaded(null, "", ALL);
    }

    @Test
    void there_is_no_snapshot_outside_the_bound_of_time() {
        load(new SnapshotSelectionCriteria(ALL, 100, 0, 0), ALL);

        expectLoaded(null, "", ALL);
    }

    @Test
    void there_is_no_snapshot_outside_the_bound_of_sequence_numbers() {
        load(upTo(7), ALL);
        expectLoaded(null, "", ALL);

        load(SnapshotSelectionCriteria.latest(), 7);
        expectLoaded(null, "", 7);
    }

    @Test
    void the_latest_snapshot_is_loaded() {
        load(SnapshotSelectionCriteria.latest(), ALL);

        expectLoaded(saved.get(4), "s-5", ALL);
    }

    @Test
    void the_latest_snapshot_within_the_bound_of_sequence_numbers_is_loaded() {
        load(upTo(13), ALL);
        expectLoaded(saved.get(2), "s-3", ALL);

        load(SnapshotSelectionCriteria.latest(), 13);
        expectLoaded(saved.get(2), "s-3", 13);
    }

    @Test
    void the_latest_snapshot_within_both_bounds_is_loaded() {
        var time = saved.get(2).timestamp();

        load(new SnapshotSelectionCriteria(13, time, 0, 0), ALL);
        expectLoaded(saved.get(2), "s-3", ALL);

        load(new SnapshotSelectionCriteria(ALL, time, 0, 0), 13);
        expectLoaded(saved.get(2), "s-3", 13);
    }

    @Test
    void one_snapshot_is_deleted_by_its_sequence_number() {
        var published = new TestKit(plugin.system());
        plugin.system().eventStream().subscribe(published.getRef(), DeleteSnapshot.class);
        var third = new SnapshotMetadata(entity, 13, 0);

        tell(new DeleteSnapshot(third));

        published.expectMsg(WAIT, new DeleteSnapshot(third));
        probe.expectMsg(WAIT, new DeleteSnapshotSuccess(third));
        load(upTo(13), ALL);
        expectLoaded(saved.get(1), "s-2", ALL);
        plugin.system().eventStream().unsubscribe(published.getRef());
    }

    @Test
    void snapshots_within_both_bounds_are_deleted() {
        var published = new TestKit(plugin.system());
        plugin.system().eventStream().subscribe(published.getRef(), DeleteSnapshots.class);
        var criteria = new SnapshotSelectionCriteria(13, saved.get(2).timestamp(), 0, 0);

        tell(new DeleteSnapshots(entity, criteria));

        published.expectMsg(WAIT, new DeleteSnapshots(entity, criteria));
        probe.expectMsg(WAIT, new DeleteSnapshotsSuccess(criteria));
        load(criteria, ALL);
        expectLoaded(null, "", ALL);
        load(new SnapshotSelectionCriteria(14, saved.get(3).timestamp(), 0, 0), ALL);
        expectLoaded(saved.get(3), "s-4", ALL);
        plugin.system().eventStream().unsubscribe(published.getRef());
    }

    @Test
    void snapshots_after_the_bound_of_time_are_not_deleted() {
        var fourth = saved.get(3);
        var before = new SnapshotSelectionCriteria(fourth.sequenceNr(), fourth.timestamp() - 1, 0, 0);

        tell(new DeleteSnapshots(entity, before));

        probe.expectMsg(WAIT, new DeleteSnapshotsSuccess(before));
        load(new SnapshotSelectionCriteria(fourth.sequenceNr(), fourth.timestamp(), 0, 0), ALL);
        expectLoaded(fourth, "s-4", ALL);
    }

    @Test
    void a_snapshot_of_the_same_sequence_number_is_replaced() {
        var again = save(saved.get(4), "s-5-modified");

        load(upTo(15), ALL);

        expectLoaded(again, "s-5-modified", ALL);
        assertThat(again.sequenceNr()).isEqualTo(15);
    }

    /** Sizes in bytes: the one of the TCK, and some that take several entries. */
    @ParameterizedTest
    @ValueSource(ints = {10_000, 600 * 1024, 5 * 1024 * 1024})
    void large_snapshots_come_back_whole(int size) {
        var large = "0".repeat(size);
        var metadata = save(SnapshotMetadata.apply(entity, 100), large);

        load(SnapshotSelectionCriteria.latest(), ALL);

        expectLoaded(metadata, large, ALL);
    }

    @Test
    void snapshots_with_references_to_actors_are_serialized() {
        var snapshot = new ReferenceSerializer.Reference(probe.getRef());
        var metadata = save(SnapshotMetadata.apply(entity, 100), snapshot);

        load(SnapshotSelectionCriteria.latest(), ALL);

        expectLoaded(metadata, snapshot, ALL);
    }

    @Test
    void metadata_comes_back_with_the_snapshot() {
        save(SnapshotMetadata.apply(entity, 100).withMetadata("meta"), "snapshot");

        load(SnapshotSelectionCriteria.latest(), ALL);

        var loaded =
                probe.expectMsgClass(WAIT, LoadSnapshotResult.class).snapshot().get();
        assertThat(loaded.snapshot()).isEqualTo("snapshot");
        assertThat(loaded.metadata().metadata()).isEqualTo(Option.apply("meta"));
    }

    private SnapshotMetadata save(SnapshotMetadata metadata, Object snapshot) {
        tell(new SaveSnapshot(metadata, snapshot));
        return probe.expectMsgClass(WAIT, SaveSnapshotSuccess.class).metadata();
    }

    private void load(SnapshotSelectionCriteria criteria, long toSequenceNr) {
        tell(new LoadSnapshot(entity, criteria, toSequenceNr));
    }

    private void tell(Object message) {
        plugin.snapshotStore().tell(message, probe.getRef());
    }

    private static SnapshotSelectionCriteria upTo(long sequenceNr) {
        return new SnapshotSelectionCriteria(sequenceNr, ALL, 0, 0);
    }

    private void expectLoaded(
            @org.jspecify.annotations.Nullable SnapshotMetadata metadata, Object snapshot, long toSequenceNr) {
        var expected = metadata == null
                ? Option.<SelectedSnapshot>empty()
                : Option.apply(SelectedSnapshot.create(metadata, snapshot));
        assertThat(probe.expectMsgClass(WAIT, LoadSnapshotResult.class))
                .isEqualTo(new LoadSnapshotResult(expected, toSequenceNr));
    }
}
