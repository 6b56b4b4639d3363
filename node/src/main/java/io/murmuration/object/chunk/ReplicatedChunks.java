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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.zip.CRC32C;
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
    /** Those under way: who needs one of them waits for it. */
    private final Map<ChunkId, CompletableFuture<Void>> repairs = new ConcurrentHashMap<>();

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
        return node == links.self() ? LocalCopy.create(store, chunk.id(), disk) : peers.write(node, chunk);
    }

    @Override
    public CompletionStage<ByteString> read(ChunkRef chunk, int from, int to) {
        return read(chunk, from, to, nearest(chunk), () -> repairSoon(chunk));
    }

    /** @param ownDamaged called if this node's copy is damaged */
    private CompletionStage<ByteString> read(ChunkRef chunk, int from, int to, List<Long> places, Runnable ownDamaged) {
        if (places.isEmpty()) {
            return CompletableFuture.failedFuture(new ServiceException(new ServiceError(
                    CommonError.UNAVAILABLE,
                    "No node that has this part of the object answers. It is safe to retry.")));
        }
        long node = places.getFirst();
        return readAt(node, chunk, from, to).exceptionallyCompose(failure -> {
            LOG.info("A copy of a chunk cannot be read: chunk {}, node {}", chunk.id(), node, failure);
            if (node == links.self() && isDamage(failure)) {
                ownDamaged.run();
            }
            return read(chunk, from, to, places.subList(1, places.size()), ownDamaged);
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
        } catch (ChunkDamagedException damaged) {
            store.noteDamage(chunk);
            throw new UncheckedIOException(damaged);
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
        var repaired = new CompletableFuture<Void>();
        var begun = repairs.putIfAbsent(chunk.id(), repaired);
        if (begun != null) {
            return begun;
        }
        var unused = CompletableFuture.supplyAsync(() -> isWhole(chunk), disk)
                .thenCompose(whole -> whole ? CompletableFuture.completedFuture(null) : makeAnew(chunk))
                .whenComplete((done, failure) -> {
                    repairs.remove(chunk.id());
                    if (failure == null) {
                        repaired.complete(null);
                    } else {
                        repaired.completeExceptionally(failure);
                    }
                });
        return repaired;
    }

    @Override
    public CompletionStage<Boolean> repairMissing(ChunkRef chunk) {
        return CompletableFuture.supplyAsync(() -> store.lacks(chunk.id()), disk)
                .thenCompose(lacks ->
                        lacks ? repair(chunk).thenApply(done -> true) : CompletableFuture.completedFuture(false));
    }

    private boolean isWhole(ChunkRef chunk) {
        try {
            return store.isWhole(chunk.id());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompletionStage<Void> makeAnew(ChunkRef chunk) {
        LOG.info("A copy of a chunk is made anew: {}", chunk.id());
        var copy = LocalCopy.replace(store, chunk.id(), disk);
        var sum = new CRC32C();
        return fill(copy, sum, chunk, 0)
                .thenCompose(filled -> copy.end((int) sum.getValue()))
                .handle((durable, failure) -> {
                    if (failure != null) {
                        copy.abort();
                        throw new CompletionException(failure);
                    }
                    store.mended(chunk.id());
                    return null;
                });
    }

    private CompletionStage<Void> fill(LocalCopy copy, CRC32C sum, ChunkRef chunk, int from) {
        if (from == chunk.bytes()) {
            return CompletableFuture.completedFuture(null);
        }
        int to = Math.min(chunk.bytes(), from + READ_BYTES_MAX);
        return gather(chunk, from, to)
                .thenCompose(bytes -> {
                    bytes.getByteBuffers().forEach(sum::update);
                    return copy.write(bytes);
                })
                .thenCompose(written -> fill(copy, sum, chunk, to));
    }

    /** Of another place, else block by block of whoever has it whole: this node's own file, too. */
    private CompletionStage<ByteString> gather(ChunkRef chunk, int from, int to) {
        var others = nearest(chunk);
        others.remove(links.self());
        return read(chunk, from, to, others, () -> {}).exceptionallyCompose(failure -> {
            CompletionStage<ByteString> all = CompletableFuture.completedFuture(ByteString.emptyByteString());
            for (int at = from; at < to; at += ChunkTrailer.BLOCK_BYTES) {
                int begin = at;
                int end = Math.min(to, begin + ChunkTrailer.BLOCK_BYTES);
                all = all.thenCompose(before ->
                        read(chunk, begin, end, nearest(chunk), () -> {}).thenApply(before::concat));
            }
            return all;
        });
    }
}
