package io.murmuration.journal;

import io.murmuration.base.Chance;
import io.murmuration.journal.Command.DeleteSnapshots;
import io.murmuration.journal.Command.SaveSnapshotPart;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.persistence.SelectedSnapshot;
import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.apache.pekko.persistence.snapshot.japi.SnapshotStore;
import org.jspecify.annotations.Nullable;
import scala.concurrent.Future;
import scala.jdk.javaapi.OptionConverters;

/**
 * The snapshot store as Pekko Persistence knows it. An entity whose events are not kept beside the rows they became is offered
 * {@link AppliedRows} at its last such event, unless it saved a later snapshot.
 */
public final class ReplicatedSnapshotStore extends SnapshotStore {
    /** Far below what an entry may hold, so that a large snapshot delays no heartbeat. */
    private static final int PART_BYTES_MAX = 512 * 1024;

    private final Plugin plugin = new Plugin(context().system());
    private final PayloadCodec payloads = new PayloadCodec(context().system());
    private final Chance chance = Chance.system();

    @Override
    public Future<Optional<SelectedSnapshot>> doLoadAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return Plugin.toScala(plugin.readAfterBarrier(persistenceId, reader -> load(reader, persistenceId, criteria)));
    }

    private Optional<SelectedSnapshot> load(
            GroupReader reader, String persistenceId, SnapshotSelectionCriteria criteria) {
        var rowsOnlyTo = reader.entity(persistenceId).rowsOnlyTo();
        var saved = reader.latestSnapshot(persistenceId, criteria);
        var rows = new SnapshotMetadata(persistenceId, rowsOnlyTo, 0);
        if (rowsOnlyTo > 0
                && criteria.matches(rows)
                && saved.map(found -> found.sequenceNumber() < rowsOnlyTo).orElse(true)) {
            return Optional.of(SelectedSnapshot.create(rows, new AppliedRows()));
        }
        return saved.map(found -> decode(persistenceId, found));
    }

    private SelectedSnapshot decode(String persistenceId, GroupReader.FoundSnapshot found) {
        var metadata = new SnapshotMetadata(
                persistenceId, found.sequenceNumber(), found.record().timestampMillis());
        var own = found.record().metadata();
        return SelectedSnapshot.create(
                own == null ? metadata : metadata.withMetadata(payloads.decode(own)), payloads.decode(found.payload()));
    }

    @Override
    public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
        var payload = payloads.encode(snapshot);
        var own = OptionConverters.toJava(metadata.metadata());
        var ownPayload = own.isPresent() ? payloads.encode(own.get()) : null;
        var upload = new Upload(metadata, chance.nextLong(), payload, ownPayload);
        return Plugin.toScala(save(upload, Command.cut(payload.bytes(), PART_BYTES_MAX), 0));
    }

    private record Upload(
            SnapshotMetadata metadata,
            long number,
            Payload payload,
            @Nullable Payload own) {}

    /** One part after the other: a large snapshot must not fill the replica's queue. */
    private CompletionStage<Void> save(Upload upload, List<byte[]> parts, int part) {
        var metadata = upload.metadata;
        var command = new SaveSnapshotPart(
                0,
                metadata.persistenceId(),
                metadata.sequenceNr(),
                metadata.timestamp(),
                upload.number,
                part,
                parts.size(),
                new Payload(upload.payload.serializerId(), upload.payload.manifest(), parts.get(part)),
                upload.own);
        return plugin.append(metadata.persistenceId(), command)
                .thenCompose(index -> part == parts.size() - 1
                        ? CompletableFuture.completedFuture(null)
                        : save(upload, parts, part + 1));
    }

    /** A timestamp of 0 stands for any. */
    @Override
    public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
        var isAnyTime = metadata.timestamp() == 0;
        return delete(new DeleteSnapshots(
                0,
                metadata.persistenceId(),
                metadata.sequenceNr(),
                metadata.sequenceNr(),
                isAnyTime ? 0 : metadata.timestamp(),
                isAnyTime ? Long.MAX_VALUE : metadata.timestamp()));
    }

    @Override
    public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return delete(new DeleteSnapshots(
                0,
                persistenceId,
                criteria.minSequenceNr(),
                criteria.maxSequenceNr(),
                criteria.minTimestamp(),
                criteria.maxTimestamp()));
    }

    private Future<Void> delete(DeleteSnapshots command) {
        return Plugin.toScala(plugin.append(command.persistenceId(), command).thenAccept(index -> {}));
    }
}
