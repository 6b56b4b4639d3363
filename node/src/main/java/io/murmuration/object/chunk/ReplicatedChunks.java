package io.murmuration.object.chunk;

import io.murmuration.base.Chance;
import io.murmuration.cluster.Links;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.pekko.util.ByteString;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chunks over this node's store and the other nodes'. Whom this node hears decides where is written and who is asked first; never what is true. */
public final class ReplicatedChunks implements Chunks {
    /** A node silent for longer is passed over where there is another. */
    private static final long SILENT_MILLIS_MAX = 1_000;

    private static final int DRAWS_MAX = 32;
    private static final Logger LOG = LoggerFactory.getLogger(ReplicatedChunks.class);

    private final ChunkStore store;
    private final ChunkPeers peers;
    private final Links links;
    private final int replicas;
    private final Chance chance;
    private final Executor disk;

    /**
     * @param replicas copies of each chunk, if there are as many nodes
     * @param chance secure: an id must never be drawn twice
     * @param disk runs what waits for the disk
     */
    public ReplicatedChunks(
            ChunkStore store, ChunkPeers peers, Links links, int replicas, Chance chance, Executor disk) {
        this.store = store;
        this.peers = peers;
        this.links = links;
        this.replicas = replicas;
        this.chance = chance;
        this.disk = disk;
    }

    @Override
    public List<ChunkRef> plan(int group, long bytes) {
        var plan = new ArrayList<ChunkRef>();
        for (long left = bytes; left > 0; left -= ChunkStore.CHUNK_BYTES_MAX) {
            plan.add(draw(group, (int) Math.min(left, ChunkStore.CHUNK_BYTES_MAX)));
        }
        return plan;
    }

    /** Ids cost nothing: one is drawn again until all its places are heard. */
    private ChunkRef draw(int group, int bytes) {
        var best = new ChunkRef(ChunkId.random(chance, group), bytes, List.of());
        long mostHeard = -1;
        for (int draws = 0; draws < DRAWS_MAX && mostHeard < best.places().size(); draws++) {
            var id = ChunkId.random(chance, group);
            var drawn = new ChunkRef(id, bytes, PlacementRules.places(id, links.nodes(), replicas));
            long heard = drawn.places().stream().filter(this::isHeard).count();
            if (heard > mostHeard) {
                best = drawn;
                mostHeard = heard;
            }
        }
        if (mostHeard < best.majority()) {
            throw ChunkUpload.tooFew();
        }
        return best;
    }

    private boolean isHeard(long node) {
        return links.silentMillis(node) <= SILENT_MILLIS_MAX;
    }

    @Override
    public BodySink write(List<ChunkRef> plan) {
        Set<Long> lost = ConcurrentHashMap.newKeySet();
        return new BodySink(plan, chunk -> {
            chunk.places().stream().filter(node -> !isHeard(node)).forEach(lost::add);
            return new ChunkUpload(chunk, node -> copy(node, chunk), lost);
        });
    }

    private CopyWriter copy(long node, ChunkRef chunk) {
        return node == links.self() ? new LocalCopy(store, chunk.id(), disk) : peers.write(node, chunk);
    }

    @Override
    public CompletionStage<ByteString> read(ChunkRef chunk, int from, int to) {
        return read(chunk, from, to, nearest(chunk));
    }

    private CompletionStage<ByteString> read(ChunkRef chunk, int from, int to, List<Long> places) {
        if (places.isEmpty()) {
            return CompletableFuture.failedFuture(new ServiceException(new ServiceError(
                    CommonError.UNAVAILABLE,
                    "No node that has this part of the object answers. It is safe to retry.")));
        }
        long node = places.getFirst();
        return readAt(node, chunk, from, to).exceptionallyCompose(failure -> {
            LOG.info("A copy of a chunk cannot be read: chunk {}, node {}", chunk.id(), node, failure);
            if (node == links.self() && isDamage(failure)) {
                repairSoon(chunk);
            }
            return read(chunk, from, to, places.subList(1, places.size()));
        });
    }

    private static boolean isDamage(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ChunkDamagedException) {
                return true;
            }
        }
        return false;
    }

    private void repairSoon(ChunkRef chunk) {
        var unused = repair(chunk).exceptionally(failure -> {
            LOG.info("A damaged chunk is repaired later: {}", chunk.id(), failure);
            return null;
        });
    }

    private CompletionStage<ByteString> readAt(long node, ChunkRef chunk, int from, int to) {
        return node == links.self()
                ? CompletableFuture.supplyAsync(() -> read(store, chunk.id(), from, to), disk)
                : peers.read(node, chunk.id(), from, to);
    }

    static ByteString read(ChunkStore store, ChunkId chunk, int from, int to) {
        try (var reader = store.open(chunk)) {
            var bytes = reader.read(from, to);
            return ByteString.fromArrayUnsafe(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This node's own copy first, then those of nodes that are heard. */
    private List<Long> nearest(ChunkRef chunk) {
        var places = new ArrayList<>(chunk.places());
        places.sort(Comparator.comparingLong(node -> node == links.self() ? -1 : isHeard(node) ? 0 : 1));
        return places;
    }

    @Override
    public CompletionStage<Void> delete(List<ChunkRef> chunks) {
        var byNode = new HashMap<Long, List<ChunkId>>();
        for (var chunk : chunks) {
            chunk.places().forEach(node -> byNode.computeIfAbsent(node, first -> new ArrayList<>())
                    .add(chunk.id()));
        }
        var deleted = new ArrayList<CompletableFuture<?>>();
        byNode.forEach((node, ids) -> deleted.add(deleteAt(node, ids).toCompletableFuture()));
        return CompletableFuture.allOf(deleted.toArray(CompletableFuture<?>[]::new));
    }

    private CompletionStage<Void> deleteAt(long node, List<ChunkId> chunks) {
        var deleted = node == links.self()
                ? CompletableFuture.runAsync(() -> delete(store, chunks), disk)
                : peers.delete(node, chunks);
        return deleted.exceptionally(failure -> {
            LOG.info(
                    "Chunks are left for the scrubber of their node: node {}, {} chunks", node, chunks.size(), failure);
            return null;
        });
    }

    static void delete(ChunkStore store, List<ChunkId> chunks) {
        try {
            for (var chunk : chunks) {
                store.delete(chunk);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CompletionStage<Void> repair(ChunkRef chunk) {
        return CompletableFuture.supplyAsync(() -> isWhole(chunk), disk).thenCompose(whole -> {
            if (whole) {
                return CompletableFuture.completedFuture(null);
            }
            LOG.info("A copy of a chunk is made anew: {}", chunk.id());
            var others = nearest(chunk);
            others.remove(links.self());
            var copy = new LocalCopy(store, chunk.id(), disk);
            return fill(copy, chunk, 0, others)
                    .thenCompose(filled -> copy.end())
                    .<Void>handle((sum, failure) -> {
                        if (failure != null) {
                            copy.abort();
                            throw new java.util.concurrent.CompletionException(failure);
                        }
                        return null;
                    });
        });
    }

    @Override
    public CompletionStage<Void> repairMissing(ChunkRef chunk) {
        return CompletableFuture.supplyAsync(() -> store.has(chunk.id()), disk)
                .thenCompose(there -> there ? CompletableFuture.completedFuture(null) : repair(chunk));
    }

    private CompletionStage<Void> fill(LocalCopy copy, ChunkRef chunk, int from, List<Long> places) {
        if (from == chunk.bytes()) {
            return CompletableFuture.completedFuture(null);
        }
        int to = Math.min(chunk.bytes(), from + READ_BYTES_MAX);
        return read(chunk, from, to, places)
                .thenCompose(copy::write)
                .thenCompose(written -> fill(copy, chunk, to, places));
    }

    private boolean isWhole(ChunkRef chunk) {
        try {
            store.removeIfDamaged(chunk.id());
            return store.has(chunk.id());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
