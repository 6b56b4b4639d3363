package io.murmuration.journal;

import static io.murmuration.journal.StoreTesting.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.cluster.LocalLinks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts that fail. */
class JournalNodeTest {
    private final ActorTestKit kit = ActorTestKit.create();
    private final Path dir;

    JournalNodeTest(@TempDir Path dir) {
        this.dir = dir;
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void a_start_that_fails_once_the_stores_are_open_closes_them() {
        assertThatThrownBy(() -> JournalNode.start(kit.system(), setup(dir, () -> {
                    throw new IllegalStateException("the folder cannot be noted as used");
                })))
                .hasMessageContaining("noted");

        assertFree(dir);
    }

    @Test
    void so_does_one_whose_replicas_cannot_be_started() throws Exception {
        var first = JournalNode.start(kit.system(), setup(dir.resolve("first"), () -> {}));
        try {
            assertThatThrownBy(() -> JournalNode.start(kit.system(), setup(dir.resolve("second"), () -> {})))
                    .hasMessageContaining("replica-0");

            assertFree(dir.resolve("second"));
        } finally {
            first.close().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    /** What the persistence plugins wait for before their first call. */
    @Test
    void a_journal_that_serves_late_serves_those_who_ask_later() {
        var serving = new CompletableFuture<String>();

        assertThatThrownBy(() -> JournalExtension.within(serving, Duration.ofMillis(1))
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS))
                .hasCauseInstanceOf(TimeoutException.class);
        serving.complete("journal");

        assertThat(JournalExtension.within(serving, Duration.ofMillis(1))).isCompletedWithValue("journal");
    }

    private static void assertFree(Path folder) {
        assertThatCode(() -> ReplicaStores.open(folder, LogStoreOptions.defaults(), StateStoreOptions.defaults(), NEVER)
                        .close())
                .doesNotThrowAnyException();
    }

    private static JournalNode.Setup setup(Path folder, Runnable storesMade) {
        return new JournalNode.Setup(
                new JournalTopology(1, List.of(1L), 1, 1),
                folder,
                false,
                storesMade,
                new LocalLinks.Network(List.of(1L)).join(1),
                SnapshotSource.none(),
                JournalSettings.defaults(),
                NEVER,
                Clock.system(),
                Chance.system());
    }
}
