package io.murmuration.journal;

import static io.murmuration.journal.StateStoreTest.put;
import static io.murmuration.journal.StoreTesting.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.cluster.LocalLinks;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replica that starts without rows, because an install was broken off, and installs what it fetched. */
class ReplicaStartTest {
    private static final int GROUP = 4;
    private static final List<Long> NODES = List.of(1L, 2L);

    private final ActorTestKit kit = ActorTestKit.create();
    private final ExecutorService disk = Executors.newSingleThreadExecutor();
    private final CopyOnWriteArrayList<String> halts = new CopyOnWriteArrayList<>();
    private final Path dir;
    private final StateStore store;

    ReplicaStartTest(@TempDir Path dir) {
        this.dir = dir;
        this.store = StateStore.open(dir.resolve("state"), StateStoreOptions.defaults(), NEVER);
    }

    @BeforeEach
    void breakAnInstallOff() {
        store.state(GROUP).apply(List.of(put("a", "1")), 1, 1, Voters.of(NODES));
        var snapshot = SnapshotTest.export(store, GROUP);
        assertThatThrownBy(() -> store.install(GROUP, new ByteArrayInputStream(snapshot, 0, snapshot.length - 1)))
                .isInstanceOf(IOException.class);
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
        disk.shutdown();
        store.close();
    }

    @Test
    void an_install_that_fails_ends_the_process_to_be_started_again() throws Exception {
        start(file -> {
            throw new IOException("the fetched file is gone");
        });

        LocalCluster.await(() -> !halts.isEmpty());
        assertThat(halts).singleElement().asString().startsWith("again: ");
    }

    @Test
    void a_close_waits_for_the_install_and_does_not_mind_its_failure() throws Exception {
        var began = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var replica = start(file -> {
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

    private ActorRef<ReplicaMessage> start(ReplicaParts.Installer installer) {
        var file = new SnapshotFile(dir.resolve("fetched"), new SnapshotHeader(GROUP, 9, 1, Voters.of(NODES)));
        return kit.spawn(ReplicaStart.create(new ReplicaParts(
                GROUP,
                NODES,
                JournalSettings.defaults().raftOptions(1, true),
                ReplicaLimits.DEFAULT,
                new MemoryLog(),
                store.state(GROUP),
                installer,
                (node, group, index) -> CompletableFuture.completedFuture(file),
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
