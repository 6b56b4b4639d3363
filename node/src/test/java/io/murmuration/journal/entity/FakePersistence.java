package io.murmuration.journal.entity;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.murmuration.journal.AppliedRows;
import io.murmuration.journal.RowEvent;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/** The persistence plugin of {@link FakeJournal}: keeps no event beside the rows it became, as the real one does with those not retained. */
public final class FakePersistence {
    private FakePersistence() {}

    /** Lets an actor system persist through the fake journal that bears its name. */
    public static Config config() {
        return ConfigFactory.parseString("""
                pekko.persistence.journal.plugin = fake-journal
                pekko.persistence.snapshot-store.plugin = fake-snapshots
                fake-journal.class = "io.murmuration.journal.entity.FakePersistence$WriteJournal"
                fake-snapshots.class = "io.murmuration.journal.entity.FakePersistence$Snapshots"
                pekko.loglevel = off
                """).withFallback(ConfigFactory.load());
    }

    public static final class WriteJournal extends org.apache.pekko.persistence.journal.japi.AsyncWriteJournal {
        private final FakeJournal journal = FakeJournal.of(context().system().name());

        @Override
        public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> messages) {
            var writes = new ArrayList<CompletableFuture<Optional<Exception>>>();
            for (var message : messages) {
                var events = CollectionConverters.asJava(message.payload());
                if (events.size() != 1) {
                    throw new IllegalArgumentException("the fake takes one event at a time");
                }
                var event = (RowEvent) events.getFirst().payload();
                writes.add(journal.append(
                                message.persistenceId(), events.getFirst().sequenceNr() - 1, event.rowChanges())
                        .thenApply(done -> Optional.<Exception>empty())
                        .toCompletableFuture());
            }
            var all = CompletableFuture.allOf(writes.toArray(CompletableFuture<?>[]::new))
                    .<Iterable<Optional<Exception>>>thenApply(done ->
                            writes.stream().map(CompletableFuture::resultNow).toList());
            return FutureConverters.asScala(all);
        }

        @Override
        public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
            return FutureConverters.asScala(CompletableFuture.completedFuture(null));
        }

        @Override
        public Future<Void> doAsyncReplayMessages(
                String persistenceId, long from, long to, long max, Consumer<PersistentRepr> replay) {
            return FutureConverters.asScala(CompletableFuture.completedFuture(null));
        }

        @Override
        public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long from) {
            var rows = journal.rows(FakeJournal.groupOf(persistenceId));
            return FutureConverters.asScala(CompletableFuture.completedFuture(rows.sequenceNumber(persistenceId)));
        }
    }

    public static final class Snapshots extends org.apache.pekko.persistence.snapshot.japi.SnapshotStore {
        private final FakeJournal journal = FakeJournal.of(context().system().name());

        @Override
        public Future<Optional<SelectedSnapshot>> doLoadAsync(
                String persistenceId, SnapshotSelectionCriteria criteria) {
            var at = journal.rows(FakeJournal.groupOf(persistenceId)).sequenceNumber(persistenceId);
            var snapshot = at == 0
                    ? Optional.<SelectedSnapshot>empty()
                    : Optional.of(
                            SelectedSnapshot.create(new SnapshotMetadata(persistenceId, at, 0), new AppliedRows()));
            return FutureConverters.asScala(CompletableFuture.completedFuture(snapshot));
        }

        @Override
        public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
            throw new UnsupportedOperationException("rows need no snapshots");
        }

        @Override
        public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
            return FutureConverters.asScala(CompletableFuture.completedFuture(null));
        }

        @Override
        public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
            return FutureConverters.asScala(CompletableFuture.completedFuture(null));
        }
    }
}
