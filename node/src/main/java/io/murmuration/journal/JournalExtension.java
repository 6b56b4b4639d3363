package io.murmuration.journal;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.ExtensionIdProvider;
import org.jspecify.annotations.Nullable;

/**
 * The journal of an actor system, as the persistence plugins find it: the node's, where one was installed, else one that stands alone in the folder
 * {@code murmuration.persistence.data-dir} and is opened on first use.
 */
public final class JournalExtension implements Extension {
    private static final Id ID = new Id();
    private static final Duration SERVING_WITHIN = Duration.ofSeconds(30);

    private final ExtendedActorSystem system;
    private final AtomicReference<@Nullable Source> source = new AtomicReference<>();

    /** @param ready completes when the journal takes its first entities, however long that takes */
    private record Source(CompletableFuture<JournalNode> ready) {}

    private JournalExtension(ExtendedActorSystem system) {
        this.system = system;
    }

    public static JournalExtension get(ClassicActorSystemProvider system) {
        return ID.get(system);
    }

    /** Makes the node's journal that of the actor system. Before anything persistent starts, and once. */
    public void install(JournalNode journal) {
        var installed = new Source(CompletableFuture.completedFuture(journal));
        if (!source.compareAndSet(null, installed)) {
            throw new IllegalStateException("the actor system has a journal already");
        }
    }

    /**
     * The journal, once it serves. Opens the one that stands alone if none is installed; that waits for the disk, and fails if the folder is not
     * set or not usable. Each call waits for a time of its own: one that waited in vain fails no later one.
     */
    CompletionStage<JournalNode> journal() {
        var found = source.get();
        return within(found != null ? found.ready : openAlone(), SERVING_WITHIN);
    }

    static <T> CompletionStage<T> within(CompletableFuture<T> ready, Duration max) {
        return ready.isDone() ? ready : ready.copy().orTimeout(max.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized CompletableFuture<JournalNode> openAlone() {
        var found = source.get();
        if (found == null) {
            var alone = StandaloneJournal.open(system);
            found = new Source(StandaloneJournal.serving(alone));
            source.set(found);
        }
        return found.ready;
    }

    private static final class Id extends AbstractExtensionId<JournalExtension> implements ExtensionIdProvider {
        @Override
        public JournalExtension createExtension(ExtendedActorSystem system) {
            return new JournalExtension(system);
        }

        @Override
        public Id lookup() {
            return this;
        }
    }
}
