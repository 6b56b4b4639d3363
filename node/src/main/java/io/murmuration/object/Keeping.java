package io.murmuration.object;

import io.murmuration.base.Clock;
import io.murmuration.catalogue.Resources;
import io.murmuration.catalogue.Resources.Kind;
import io.murmuration.journal.Journal;
import io.murmuration.journal.entity.Answer;
import io.murmuration.object.Chores.Chore;
import io.murmuration.object.chunk.ChunkRef;
import io.murmuration.object.chunk.Chunks;
import io.murmuration.object.index.Garbage;
import io.murmuration.object.index.IndexIntent;
import io.murmuration.object.index.IndexOutcome;
import io.murmuration.object.index.IndexReads;
import io.murmuration.object.index.PartEntry;
import io.murmuration.object.index.StoredEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The chores of one group's index. They look at this node's rows, which may be behind: what they find there is decided anew by the index. */
final class Keeping {
    private static final int INTENT_BYTES = 64 << 10;
    private static final int STEP_MAX = 100;
    private static final Logger LOG = LoggerFactory.getLogger(Keeping.class);

    private final int group;
    private final Journal journal;
    private final Resources catalogue;
    private final Buckets buckets;
    private final ObjectIndex index;
    private final Chunks chunks;
    private final ObjectEvents events;
    private final ObjectSettings settings;
    private final Clock clock;
    private final Executor reads;

    /** The bucket whose events are told next; a lap begins with 0. */
    private volatile long telling;

    Keeping(
            int group,
            Journal journal,
            Resources catalogue,
            Buckets buckets,
            ObjectIndex index,
            Chunks chunks,
            ObjectEvents events,
            ObjectSettings settings,
            Clock clock,
            Executor reads) {
        this.group = group;
        this.journal = journal;
        this.catalogue = catalogue;
        this.buckets = buckets;
        this.index = index;
        this.chunks = chunks;
        this.events = events;
        this.settings = settings;
        this.clock = clock;
        this.reads = reads;
    }

    List<Chore> chores() {
        var chores = new ArrayList<>(List.of(
                new Chore("events", this::tell),
                new Chore("old intents", this::expire),
                new Chore("garbage", this::collect),
                new Chore("deleted buckets", this::purge)));
        if (group == 1) {
            chores.add(new Chore("deletions", () -> buckets.resumeDeletions().thenApply(done -> false)));
        }
        return chores;
    }

    // ---- events ----

    /**
     * Those of one bucket in their order: one that is not accepted holds back the later ones, so that it is not forgotten behind them. Other buckets'
     * are held back by none: the next step goes on behind a bucket that fills this one with what is not accepted.
     */
    private CompletionStage<Boolean> tell() {
        return look(() -> IndexReads.events(journal.rows(group), telling, STEP_MAX))
                .thenCompose(found -> {
                    var byBucket = new LinkedHashMap<Long, List<StoredEvent>>();
                    found.forEach(event -> byBucket.computeIfAbsent(event.bucket(), first -> new ArrayList<>())
                            .add(event));
                    var told = new LinkedHashMap<Long, CompletableFuture<Boolean>>();
                    byBucket.forEach((bucket, some) ->
                            told.put(bucket, tell(bucket, some).toCompletableFuture()));
                    return CompletableFuture.allOf(told.values().toArray(CompletableFuture<?>[]::new))
                            .thenApply(all -> {
                                if (found.size() < STEP_MAX) {
                                    telling = 0;
                                    return false;
                                }
                                long last = found.getLast().bucket();
                                boolean accepted =
                                        Objects.requireNonNull(told.get(last)).resultNow();
                                telling = accepted ? last : last + 1;
                                return true;
                            });
                });
    }

    /** Whether all were accepted. */
    private CompletionStage<Boolean> tell(long bucket, List<StoredEvent> some) {
        var accepted = new ArrayList<StoredEvent>();
        CompletionStage<Void> each = CompletableFuture.completedFuture(null);
        for (var event : some) {
            each = each.thenCompose(
                            before -> events.accept(event.function(), EventDocument.encode(event, settings.region())))
                    .thenAccept(done -> accepted.add(event));
        }
        return each.handle((all, failure) -> failure).thenCompose(failure -> (accepted.isEmpty()
                        ? CompletableFuture.completedFuture(null)
                        : decide(bucket, new IndexIntent.Told(List.copyOf(accepted))))
                .thenApply(removed -> {
                    if (failure != null) {
                        LOG.info(
                                "Events of a bucket are not accepted and will be told later: bucket {}, group {}",
                                bucket,
                                group,
                                failure);
                    }
                    return failure == null;
                }));
    }

    // ---- uploads that nobody ended ----

    private CompletionStage<Boolean> expire() {
        long before = clock.millis() - settings.intentMax().toMillis();
        return look(() -> IndexReads.intents(journal.rows(group), before, STEP_MAX))
                .thenCompose(old -> {
                    var given = new ArrayList<CompletableFuture<?>>();
                    old.forEach(intent ->
                            given.add(decide(intent.bucket(), new IndexIntent.Abort(intent.id(), clock.millis()))
                                    .toCompletableFuture()));
                    return CompletableFuture.allOf(given.toArray(CompletableFuture<?>[]::new))
                            .thenApply(all -> old.size() == STEP_MAX);
                });
    }

    // ---- garbage ----

    private CompletionStage<Boolean> collect() {
        long until = clock.millis() - settings.garbageMin().toMillis();
        return look(() -> IndexReads.garbage(journal.rows(group), until, 1))
                .thenCompose(found -> found.isEmpty()
                        ? CompletableFuture.completedFuture(false)
                        : collect(found.getFirst()).thenApply(done -> true));
    }

    private CompletionStage<?> collect(Garbage.Found found) {
        if (found.garbage() instanceof Garbage.Loose loose) {
            return remove(found, loose.chunks(), List.of(), true);
        }
        return look(() -> IndexReads.garbageParts(journal.rows(group), found.bucket(), found.garbage()))
                .thenCompose(parts -> remove(
                        found,
                        parts.parts().stream()
                                .flatMap(part -> part.chunks().stream())
                                .toList(),
                        parts.parts().stream().map(PartEntry::number).toList(),
                        !parts.more()));
    }

    /** First the chunks, then what is known of them: if this breaks off it is done again. */
    private CompletionStage<?> remove(Garbage.Found found, List<ChunkRef> refs, List<Integer> parts, boolean last) {
        var ids = refs.stream().map(ChunkRef::id).toList();
        return chunks.delete(refs)
                .thenCompose(
                        removed -> decide(found.bucket(), new IndexIntent.Collect(found.rowKey(), parts, ids, last)));
    }

    // ---- buckets that are gone ----

    /** First the rows are looked at, then the catalogue's barrier is passed: what it does not know then is deleted. */
    private CompletionStage<Boolean> purge() {
        return look(() -> IndexReads.closed(journal.rows(group))).thenCompose(closed -> {
            if (closed.isEmpty()) {
                return CompletableFuture.completedFuture(false);
            }
            return catalogue.confirm(index.deadline()).thenCompose(confirmed -> {
                var living = new HashSet<Long>();
                catalogue.list(Kind.BUCKET, null, Integer.MAX_VALUE).forEach(bucket -> living.add(bucket.id()));
                var gone = closed.stream()
                        .filter(bucket -> !living.contains(bucket))
                        .findFirst();
                return gone.isEmpty()
                        ? CompletableFuture.completedFuture(false)
                        : decide(gone.get(), new IndexIntent.Purge(clock.millis()))
                                .thenApply(done -> true);
            });
        });
    }

    private <T> CompletionStage<T> look(Supplier<T> rows) {
        return CompletableFuture.supplyAsync(rows, reads);
    }

    private CompletionStage<IndexOutcome> decide(long bucket, IndexIntent intent) {
        return index.ask(group, bucket, intent, INTENT_BYTES, index.deadline()).thenApply(answer -> {
            if (answer instanceof Answer.Decided<IndexOutcome> decided) {
                return decided.reply();
            }
            throw new IllegalStateException("the index did not decide: " + answer);
        });
    }
}
