package io.murmuration.journal;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.apache.pekko.actor.ActorSystem;
import scala.concurrent.Future;
import scala.concurrent.Promise$;

/** What the two persistence plugins share: their journal, and a barrier before whatever is read. */
final class Plugin {
    private static final String DISK = "murmuration.dispatchers.journal-disk";

    private final JournalExtension extension;
    private final Executor disk;

    Plugin(ActorSystem system) {
        extension = JournalExtension.get(system);
        disk = system.dispatchers().lookup(DISK);
    }

    CompletionStage<JournalNode> journal() {
        return extension.journal();
    }

    /**
     * Reads the rows of the entity's group once they hold all that was acknowledged before. On a thread that may wait for the disk; fails where
     * this node does not lead the group.
     */
    <T> CompletionStage<T> readAfterBarrier(String persistenceId, Function<GroupReader, T> read) {
        return journal().thenCompose(journal -> {
            var group = journal.groupOf(persistenceId);
            return journal.barrier(group).thenApplyAsync(index -> read.apply(new GroupReader(journal, group)), disk);
        });
    }

    /** As {@link #readAfterBarrier}, where a barrier has just been passed. */
    <T> CompletionStage<T> read(String persistenceId, Function<GroupReader, T> read) {
        return journal()
                .thenApplyAsync(journal -> read.apply(new GroupReader(journal, journal.groupOf(persistenceId))), disk);
    }

    CompletionStage<Long> append(String persistenceId, Command command) {
        return append(persistenceId, CommandCodec.encode(command));
    }

    CompletionStage<Long> append(String persistenceId, byte[] command) {
        return journal().thenCompose(journal -> journal.append(journal.groupOf(persistenceId), command));
    }

    /** The future fails with the failure itself and not with what {@link CompletionException} wraps around it. */
    static <T> Future<T> toScala(CompletionStage<T> stage) {
        var promise = Promise$.MODULE$.<T>apply();
        stage.whenComplete((value, failure) -> {
            if (failure == null) {
                promise.success(value);
            } else {
                var cause = failure instanceof CompletionException ? failure.getCause() : null;
                promise.failure(cause == null ? failure : cause);
            }
        });
        return promise.future();
    }
}
