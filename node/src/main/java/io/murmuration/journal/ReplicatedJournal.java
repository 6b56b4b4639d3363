package io.murmuration.journal;

import io.murmuration.journal.Command.DeleteEvents;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.japi.AsyncWriteJournal;
import scala.concurrent.Future;

/**
 * The event journal as Pekko Persistence knows it. A write is acknowledged when it is durable on a majority and applied here.
 *
 * <p>A failed write says what is known in its cause: {@link NotLeaderException}, {@link AppendRefusedException} and
 * {@link JournalOverloadedException} say that nothing was done, {@link OutcomeUnknownException} that nobody knows. Recovery begins with a
 * read barrier, so it never starts from rows that lack what was acknowledged.
 */
public final class ReplicatedJournal extends AsyncWriteJournal {
    private final Plugin plugin = new Plugin(context().system());
    private final PayloadCodec payloads = new PayloadCodec(context().system());

    @Override
    public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> messages) {
        var writer = new EventWriter(payloads, ReplicaLimits.DEFAULT.entryBytesMax());
        messages.forEach(writer::add);
        // All at once: the log keeps their order, and each has an effect only if the one before it had.
        var appends = writer.proposals().stream()
                .map(proposal -> plugin.append(proposal.persistenceId(), proposal.command())
                        .toCompletableFuture())
                .toList();
        return Plugin.toScala(together(appends).<Iterable<Optional<Exception>>>thenApply(all -> writer.rejections()));
    }

    /** If one fails and another has effect, or may have, what became of the whole is not known. */
    static <T> CompletableFuture<Void> together(List<CompletableFuture<T>> appends) {
        return CompletableFuture.allOf(appends.toArray(CompletableFuture<?>[]::new))
                .exceptionallyCompose(failure -> {
                    var partly = appends.stream()
                            .anyMatch(append -> !append.isCompletedExceptionally()
                                    || append.exceptionNow() instanceof OutcomeUnknownException);
                    return CompletableFuture.failedFuture(
                            partly
                                    ? new OutcomeUnknownException(
                                            "a part of the write has effect, or may have", failure)
                                    : failure);
                });
    }

    @Override
    public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
        return Plugin.toScala(deleteTo(persistenceId, toSequenceNr));
    }

    /** One command deletes a bounded number of events: as often as it takes. */
    private CompletionStage<Void> deleteTo(String persistenceId, long toSequenceNr) {
        return plugin.append(persistenceId, new DeleteEvents(0, persistenceId, toSequenceNr))
                .thenCompose(index -> plugin.read(persistenceId, reader -> reader.entity(persistenceId)))
                .thenCompose(entity -> entity.deletedTo() >= Math.min(toSequenceNr, entity.highest())
                        ? CompletableFuture.completedFuture(null)
                        : deleteTo(persistenceId, toSequenceNr));
    }

    @Override
    public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
        return Plugin.toScala(plugin.readAfterBarrier(
                persistenceId, reader -> reader.entity(persistenceId).highest()));
    }

    @Override
    public Future<Void> doAsyncReplayMessages(
            String persistenceId, long fromSequenceNr, long toSequenceNr, long max, Consumer<PersistentRepr> replay) {
        return Plugin.toScala(plugin.<Void>read(persistenceId, reader -> {
            reader.events(
                    persistenceId,
                    fromSequenceNr,
                    toSequenceNr,
                    max,
                    (sequenceNumber, event) -> replay.accept(decode(persistenceId, sequenceNumber, event)));
            return null;
        }));
    }

    private PersistentRepr decode(String persistenceId, long sequenceNumber, StoredEvent event) {
        var decoded = PersistentRepr.apply(
                        payloads.decode(event.payload()),
                        sequenceNumber,
                        persistenceId,
                        event.adapterManifest(),
                        false,
                        ActorRef.noSender(),
                        event.writerUuid())
                .withTimestamp(event.timestampMillis());
        var metadata = event.metadata();
        return metadata == null ? decoded : decoded.withMetadata(payloads.decode(metadata));
    }
}
