package io.murmuration.object;

import io.murmuration.journal.Journal;
import io.murmuration.object.Chores.Chore;
import io.murmuration.object.chunk.ChunkId;
import io.murmuration.object.chunk.ChunkPeers;
import io.murmuration.object.chunk.ChunkRef;
import io.murmuration.object.chunk.ChunkStore;
import io.murmuration.object.chunk.Chunks;
import io.murmuration.object.index.IndexFound;
import io.murmuration.object.index.IndexRead;
import io.murmuration.object.index.IndexReads;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what is wrong with chunks, slowly, in two walks.
 *
 * <p><b>Over this node's files</b>, whatever the node leads: each is verified, a damaged one is noted, to be missed by the other walk; and those are
 * removed that their index does not know. Why that is safe: the index knows a chunk before its first byte is written, and until its garbage is
 * collected. It is asked <i>after</i> the file was seen, behind a barrier. So if it does not know the chunk then, the chunk had been known before (for the
 * file was there) and is collected, and an id is never drawn twice: nothing will ever refer to it again. No clock is looked at. An index that does not
 * answer leaves the file where it is.
 *
 * <p><b>Over the parts of a group</b>, by its leader: each place of each chunk is asked whether it has its copy; who has not is told to make one from the
 * others'. A node that does not answer is asked again in the next round, and so is one that could not make its copy; the walk goes on behind it. It rests
 * after each step in which no copy was made.
 */
final class Scrubber {
    private static final int FILES_MAX = 4;
    private static final int PARTS_MAX = 50;
    private static final Logger LOG = LoggerFactory.getLogger(Scrubber.class);

    private final ChunkStore store;
    private final ObjectIndex index;
    private final Executor disk;

    private @Nullable ChunkId last;

    Scrubber(ChunkStore store, ObjectIndex index, Executor disk) {
        this.store = store;
        this.index = index;
        this.disk = disk;
    }

    // ---- files ----

    /** The next few files; whether there is more or not, the disk is left alone for a while then. One step at a time. */
    Chore chore() {
        return new Chore("files", () -> files().thenApply(more -> false));
    }

    private CompletionStage<Boolean> files() {
        return CompletableFuture.supplyAsync(this::verified, disk).thenCompose(seen -> {
            var byGroup = new HashMap<Integer, List<ChunkId>>();
            seen.forEach(chunk -> byGroup.computeIfAbsent(chunk.group(), first -> new ArrayList<>())
                    .add(chunk));
            var checked = new ArrayList<CompletableFuture<?>>();
            byGroup.forEach(
                    (group, ids) -> checked.add(removeUnknown(group, ids).toCompletableFuture()));
            return CompletableFuture.allOf(checked.toArray(CompletableFuture<?>[]::new))
                    .thenApply(all -> last != null);
        });
    }

    /** Whatever is wrong with a file, the walk goes on behind it. */
    private List<ChunkId> verified() {
        var seen = store.list(last, FILES_MAX);
        last = seen.size() == FILES_MAX ? seen.getLast() : null;
        for (var chunk : seen) {
            try {
                store.isWhole(chunk);
            } catch (IOException unverified) {
                LOG.warn("A chunk's file cannot be verified; look at the disk: {}", chunk, unverified);
            }
        }
        return seen;
    }

    private CompletionStage<?> removeUnknown(int group, List<ChunkId> seen) {
        if (group < 1 || group > index.shards()) {
            LOG.warn("Chunks of a group that does not exist are left alone: group {}, {}", group, seen);
            return CompletableFuture.completedFuture(null);
        }
        return index.read(group, new IndexRead.Known(seen))
                .thenAcceptAsync(
                        found -> {
                            if (found instanceof IndexFound.Known known) {
                                var unknown = new ArrayList<>(seen);
                                unknown.removeAll(known.chunks());
                                remove(unknown);
                            }
                        },
                        disk);
    }

    private void remove(List<ChunkId> unknown) {
        for (var chunk : unknown) {
            try {
                if (store.delete(chunk)) {
                    LOG.info("A chunk that nothing refers to was removed: {}", chunk);
                }
            } catch (IOException stays) {
                LOG.warn("A chunk that nothing refers to cannot be removed; look at the disk: {}", chunk, stays);
            }
        }
    }

    // ---- copies ----

    /** The walk over one group's parts. */
    static final class Copies {
        private final int group;
        private final Journal journal;
        private final Chunks chunks;
        private final ChunkPeers peers;
        private final long self;
        private final Executor disk;
        private byte @Nullable [] after;

        Copies(int group, Journal journal, Chunks chunks, ChunkPeers peers, long self, Executor disk) {
            this.group = group;
            this.journal = journal;
            this.chunks = chunks;
            this.peers = peers;
            this.self = self;
            this.disk = disk;
        }

        Chore chore() {
            return new Chore("copies", this::step);
        }

        private CompletionStage<Boolean> step() {
            return CompletableFuture.supplyAsync(
                            () -> IndexReads.partsAfter(journal.rows(group), after, PARTS_MAX), disk)
                    .thenCompose(walk -> {
                        after = walk.parts().size() == PARTS_MAX ? walk.last() : null;
                        var byPlace = new HashMap<Long, List<ChunkRef>>();
                        walk.parts().forEach(part -> part.chunks().forEach(chunk -> chunk.places()
                                .forEach(place -> byPlace.computeIfAbsent(place, first -> new ArrayList<>())
                                        .add(chunk))));
                        var checked = new ArrayList<CompletableFuture<Boolean>>();
                        byPlace.forEach((place, refs) ->
                                checked.add(complete(place, refs).toCompletableFuture()));
                        return CompletableFuture.allOf(checked.toArray(CompletableFuture<?>[]::new))
                                .thenApply(all ->
                                        after != null && checked.stream().anyMatch(CompletableFuture::resultNow));
                    });
        }

        /** Whether copies were made. */
        private CompletionStage<Boolean> complete(long place, List<ChunkRef> refs) {
            if (place == self) {
                return each(place, refs, chunks::repairMissing);
            }
            var ids = refs.stream().map(ChunkRef::id).toList();
            return peers.missing(place, ids)
                    .thenCompose(missing -> {
                        var wanted = new HashSet<>(missing);
                        var lacking = refs.stream()
                                .filter(chunk -> wanted.contains(chunk.id()))
                                .toList();
                        return each(place, lacking, chunk -> peers.repair(place, chunk)
                                .thenApply(done -> true));
                    })
                    .exceptionally(failure -> {
                        LOG.info(
                                "Copies are looked for in the next round: group {}, node {}: {}",
                                group,
                                place,
                                told(failure));
                        return false;
                    });
        }

        /** One after the other; one that cannot be made holds back no other. */
        private CompletionStage<Boolean> each(
                long place, List<ChunkRef> lacking, Function<ChunkRef, CompletionStage<Boolean>> repair) {
            CompletionStage<Boolean> all = CompletableFuture.completedFuture(false);
            for (var chunk : lacking) {
                all = all.thenCompose(made -> repair.apply(chunk)
                        .thenApply(now -> made || now)
                        .exceptionally(failure -> {
                            LOG.info(
                                    "A copy is made in a later round: chunk {}, node {}: {}",
                                    chunk.id(),
                                    place,
                                    told(failure));
                            return made;
                        }));
            }
            return all;
        }
    }

    /** Without its stack: a node that is away for long is met again and again. */
    private static String told(Throwable failure) {
        return String.valueOf(ObjectIndex.cause(failure));
    }
}
