package io.murmuration.journal;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.cluster.Leadership.OfficeChange;
import io.murmuration.cluster.LocalLinks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;

/**
 * A journal with one replica of each group, in an actor system that is no node: the same code, and no remoting.
 *
 * <p>It formats its folder itself: the file {@code format} says that the stores were made, so that a missing one is a loss.
 */
final class StandaloneJournal {
    private static final long SELF = 1;
    private static final String FORMAT_FILE = "format";
    private static final String FORMAT = "1\n";

    private StandaloneJournal() {}

    static JournalNode open(ExtendedActorSystem system) {
        var configured = system.settings().config().getString("murmuration.persistence.data-dir");
        if (configured.isBlank()) {
            throw new IllegalStateException(
                    "This actor system has no journal: set murmuration.persistence.data-dir to a folder of its own.");
        }
        var folder = Path.of(configured);
        var setup = new JournalNode.Setup(
                new JournalTopology(SELF, List.of(SELF), 1, 1),
                folder,
                isFormatted(folder),
                () -> format(folder),
                new LocalLinks.Network(List.of(SELF)).join(SELF),
                SnapshotSource.none(),
                JournalSettings.defaults(),
                Halt.process(),
                Clock.system(),
                Chance.system());
        var journal = JournalNode.start(Adapter.toTyped(system), setup);
        CoordinatedShutdown.get(system)
                .addTask(CoordinatedShutdown.PhaseBeforeActorSystemTerminate(), "close-journal", () -> journal.close()
                        .thenApply(closed -> Done.getInstance()));
        return journal;
    }

    /** Completes when all groups serve, which a group of one does a moment after its start. */
    static CompletableFuture<JournalNode> serving(JournalNode journal) {
        var all = new CompletableFuture<JournalNode>();
        Set<Integer> serving = ConcurrentHashMap.newKeySet();
        journal.onOffice((OfficeChange change) -> {
            serving.add(change.group());
            if (serving.size() == journal.groups()) {
                all.complete(journal);
            }
        });
        return all;
    }

    private static boolean isFormatted(Path folder) {
        var file = folder.resolve(FORMAT_FILE);
        try {
            Files.createDirectories(folder);
            if (!Files.exists(file)) {
                return false;
            }
            if (!Files.readString(file).equals(FORMAT)) {
                throw new IllegalStateException("The folder " + folder
                        + " was written by another release, and this one does not know its format.");
            }
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be used.", e);
        }
    }

    private static void format(Path folder) {
        var file = folder.resolve(FORMAT_FILE);
        if (Files.exists(file)) {
            return;
        }
        try {
            Files.write(
                    file,
                    FORMAT.getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true); // the name, too
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be used.", e);
        }
    }
}
