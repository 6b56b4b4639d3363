package io.murmuration.trigger;

import io.murmuration.base.Clock;
import io.murmuration.catalogue.Resources;
import io.murmuration.catalogue.Resources.Kind;
import io.murmuration.journal.entity.Answer;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.mapping.StartingPosition;
import io.murmuration.trigger.CursorIntent.Outcome;
import io.murmuration.trigger.CursorIntent.Tell;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Brings the cursors of all shards to where a mapping's status wants them, and then says so in the catalogue. Whoever began it may die: it may be done
 * by several at once, and again, because each word to a cursor carries the mapping's revision, and the last step replaces that very revision.
 */
final class Settling {
    private final Resources resources;
    private final Cursors cursors;
    private final Clock clock;

    Settling(Resources resources, Cursors cursors, Clock clock) {
        this.resources = resources;
        this.cursors = cursors;
        this.clock = clock;
    }

    /** Completes when the mapping is settled, or gone if it was to go, or has been changed by someone else. Fails if some shard did not answer. */
    CompletionStage<Void> settle(Mapping mapping, long deadlineNanos) {
        var wanted = mapping.status() == Mapping.Status.DELETING
                ? Cursor.Status.CLOSED
                : mapping.enabled() ? Cursor.Status.RUNNING : Cursor.Status.PAUSED;
        var tell = new Tell(
                mapping.id(),
                mapping.revision(),
                wanted,
                mapping.table(),
                mapping.start() == StartingPosition.LATEST,
                clock.millis());
        var told = new ArrayList<CompletableFuture<Boolean>>();
        for (var group = 1; group <= cursors.shards(); group++) {
            told.add(cursors.tell(group, tell, deadlineNanos)
                    .thenApply(Settling::done)
                    .toCompletableFuture());
        }
        return CompletableFuture.allOf(told.toArray(CompletableFuture<?>[]::new))
                .thenCompose(all -> told.stream().allMatch(CompletableFuture::resultNow)
                        ? conclude(mapping, deadlineNanos)
                        : CompletableFuture.completedFuture(null));
    }

    /** False if the cursor was told something newer. */
    private static boolean done(Answer<Outcome> answer) {
        return switch (answer) {
            case Answer.Decided<Outcome> decided -> decided.reply() == Outcome.DONE;
            case Answer.NotApplied<Outcome> refused -> throw new ServiceException(refused.error());
            case Answer.NotLeader<Outcome> elsewhere -> throw new IllegalStateException("a leader that does not lead");
            case Answer.Unknown<Outcome> unknown ->
                throw new ServiceException(new ServiceError(
                        CommonError.UNAVAILABLE,
                        "A shard did not say whether it knows of the change. It is made later."));
        };
    }

    private CompletionStage<Void> conclude(Mapping mapping, long deadlineNanos) {
        var name = mapping.id().toString();
        if (mapping.status() == Mapping.Status.DELETING) {
            return resources
                    .remove(Kind.EVENT_SOURCE, name, mapping.revision(), deadlineNanos)
                    .thenApply(outcome -> null);
        }
        var settled = mapping.with(Mapping.Status.SETTLED);
        return resources
                .put(Kind.EVENT_SOURCE, name, mapping.revision(), MappingCodec.content(settled), deadlineNanos)
                // a conflict is somebody else's change, who settles it
                .thenApply(outcome -> {
                    if (outcome instanceof Resources.Outcome.Full) {
                        throw new ServiceException(
                                new ServiceError(CommonError.UNAVAILABLE, "The catalogue has no room for the change."));
                    }
                    return null;
                });
    }
}
