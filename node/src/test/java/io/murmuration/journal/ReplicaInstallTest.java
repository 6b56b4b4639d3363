package io.murmuration.journal;

import static io.murmuration.journal.StateStoreTest.put;
import static io.murmuration.journal.StoreTesting.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.base.ByteWriter;
import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.cluster.LocalLinks;
import io.murmuration.consensus.Message;
import io.murmuration.consensus.MessageCodec;
import io.murmuration.consensus.Voters;
import io.murmuration.journal.SnapshotSource.SnapshotFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A replica that installs fetched rows: at its start, because an install was broken off, and when its leader tells it that it lags too far behind. */
class ReplicaInstallTest {
    /** Its rows are missing. */
    private static final int BROKEN_OFF = 4;
    /** A group of which this node knows nothing yet. */
    private static final int LAGGING = 5;

    private static final long INDEX = 9;
    private static final long TERM = 3;
    private static final List<Long> NODES = List.of(1L, 2L);

    private final ActorTestKit kit = ActorTestKit.create();
    private final ExecutorService disk = Executors.newSingleThreadExecutor();
    private final CopyOnWriteArrayList<String> halts = new CopyOnWriteArrayList<>();
    private final Path dir;
    private final StateStore store;

    ReplicaInstallTest(@TempDir Path dir) {
        this.dir = dir;
        this.store = StateStore.open(dir.resolve("state"), StateStoreOptions.defaults(), NEVER);
    }

    @BeforeEach
    void breakAnInstallOff() {
        store.state(BROKEN_OFF).apply(List.of(put("a", "1")), 1, 1, Voters.of(NODES));
        var snapshot = SnapshotTest.export(store, BROKEN_OFF);
        assertThatThrownBy(() -> store.install(BROKEN_OFF, new ByteArrayInputStream(snapshot, 0, snapshot.length - 1)))
                .isInstanceOf(IOException.class);
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
        disk.shutdown();
        store.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {BROKEN_OFF, LAGGING})
    void an_install_that_fails_ends_the_process_to_be_started_again(int group) throws Exception {
        start(group, file -> {
            throw new IOException("the fetched file is gone");
        });

        LocalCluster.await(() -> !halts.isEmpty());
        assertThat(halts).singleElement().asString().startsWith("again: ");
    }

    @ParameterizedTest
    @ValueSource(ints = {BROKEN_OFF, LAGGING})
    void a_close_waits_for_the_install_and_does_not_mind_its_failure(int group) throws Exception {
        var began = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var replica = start(group, file -> {
            began.countDown();
            StoreTesting.await(end);
            throw new IllegalStateException("The store is closed.");
        });
        StoreTesting.await(began);

        var closed = new CompletableFuture<Void>();
        replica.tell(new ReplicaMessage.Close(closed));
        var barrier = new CompletableFuture<Long>();
        replica.tell(new ReplicaMessage.Barrier(barrier));
        assertThatThrownBy(() -> barrier.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(NotLeaderException.class);
        assertThat(closed).isNotDone();

        end.countDown();
        closed.get(30, TimeUnit.SECONDS);
        assertThat(halts).isEmpty();
    }

    private ActorRef<ReplicaMessage> start(int group, ReplicaParts.Installer installer) {
        var replica = spawn(group, installer);
        if (group == LAGGING) {
            replica.tell(new ReplicaMessage.Received(offer(group)));
        }
        return replica;
    }

    private static byte[] offer(int group) {
        var offer = MessageCodec.encode(new Message.SnapshotOffer(2, 1, TERM, INDEX, TERM, 1));
        return new ByteWriter(Integer.BYTES + offer.length)
                .int32(group)
                .raw(offer)
                .toBytes();
    }

    private ActorRef<ReplicaMessage> spawn(int group, ReplicaParts.Installer installer) {
        var log = new MemoryLog();
        log.persist(null, List.of(Voters.of(NODES).firstEntry()), () -> {});
        log.sync();
        var header = new SnapshotHeader(group, INDEX, TERM, Voters.of(NODES));
        var file = new SnapshotFile(dir.resolve("fetched"), header);
        return kit.spawn(ReplicaStart.create(new ReplicaParts(
                group,
                NODES,
                JournalSettings.defaults().raftOptions(1, true),
                ReplicaLimits.DEFAULT,
                log,
                store.state(group),
                installer,
                (node, of, index) -> CompletableFuture.completedFuture(file),
                new LocalLinks.Network(NODES).join(1),
                new Recorded(),
                disk,
                Clock.system(),
                Chance.system(),
                new ReplicaBoard(ReplicaView.starting(false, 0, 0)))));
    }

    private final class Recorded implements Halt {
        @Override
        public void halt(String sentence, Throwable cause) {
            halts.add("for good: " + sentence);
        }

        @Override
        public void startAgain(String sentence, Throwable cause) {
            halts.add("again: " + sentence);
        }
    }
}
