package io.murmuration.function.code;

import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.apache.pekko.Done;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Code on a majority of its nodes, read from whichever has it. */
public final class ReplicatedCode implements CodeStore {
    private static final Logger log = LoggerFactory.getLogger(ReplicatedCode.class);

    private final long self;
    private final List<Long> nodes;
    private final int replicas;
    private final CodeFolder folder;
    private final CodePeers peers;
    private final Executor disk;

    /**
     * @param nodes ids of all nodes, this one included
     * @param replicas how many of them keep each zip
     * @param disk runs what waits for the disk
     */
    public ReplicatedCode(
            long self, List<Long> nodes, int replicas, CodeFolder folder, CodePeers peers, Executor disk) {
        this.self = self;
        this.nodes = List.copyOf(nodes);
        this.replicas = replicas;
        this.folder = folder;
        this.peers = peers;
        this.disk = disk;
    }

    @Override
    public CompletionStage<CodeId> put(byte[] zip) {
        var id = CodeId.of(zip);
        var places = CodeRules.places(id, nodes, replicas);
        var votes = new Votes(places.size());
        for (long node : places) {
            var unused = (node == self ? keep(id, zip) : peers.put(node, id, zip)).whenComplete((kept, failure) -> {
                if (failure != null) {
                    log.info("A node did not store a function's code. node={} code={}", node, id, failure);
                }
                votes.count(failure == null);
            });
        }
        return votes.majority.thenApply(kept -> id);
    }

    /** What the nodes said, until it is decided. */
    private static final class Votes {
        private final CompletableFuture<Done> majority = new CompletableFuture<>();
        private final int places;
        private int kept;
        private int failed;

        Votes(int places) {
            this.places = places;
        }

        synchronized void count(boolean isKept) {
            kept += isKept ? 1 : 0;
            failed += isKept ? 0 : 1;
            if (kept == CodeRules.majority(places)) {
                majority.complete(Done.getInstance());
            } else if (failed > places - CodeRules.majority(places)) {
                majority.completeExceptionally(unavailable(
                        "The function's code could not be stored on enough nodes; the function was not changed."));
            }
        }
    }

    @Override
    public CompletionStage<byte[]> get(CodeId id) {
        return here(id).thenCompose(found -> found.isPresent()
                ? CompletableFuture.completedStage(found.get())
                : elsewhere(id, CodeRules.ranked(id, nodes), 0).thenApply(zip -> repaired(id, zip)));
    }

    private CompletionStage<byte[]> elsewhere(CodeId id, List<Long> ranked, int at) {
        if (at == ranked.size()) {
            return CompletableFuture.failedStage(
                    unavailable("No node that can be reached has the function's code; it was not called."));
        }
        long node = ranked.get(at);
        var asked = node == self
                ? CompletableFuture.completedStage(Optional.<byte[]>empty())
                : peers.get(node, id).exceptionally(failure -> {
                    log.info("A node did not give a function's code. node={} code={}", node, id, failure);
                    return Optional.empty();
                });
        return asked.thenCompose(found ->
                found.isPresent() ? CompletableFuture.completedStage(found.get()) : elsewhere(id, ranked, at + 1));
    }

    /** It has its place here, and was not: it was stored while this node was away, or its file is damaged. Nobody waits for it. */
    private byte[] repaired(CodeId id, byte[] zip) {
        if (CodeRules.places(id, nodes, replicas).contains(self)) {
            var unused = keep(id, zip).exceptionally(failure -> {
                log.warn("A function's code could not be stored here; others have it. code={}", id, failure);
                return Done.getInstance();
            });
        }
        return zip;
    }

    private CompletionStage<Optional<byte[]>> here(CodeId id) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return folder.get(id);
                    } catch (IOException unreadable) {
                        log.warn("A function's code cannot be read here; others are asked. code={}", id, unreadable);
                        return Optional.empty();
                    }
                },
                disk);
    }

    private CompletionStage<Done> keep(CodeId id, byte[] zip) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        folder.put(id, zip);
                        return Done.getInstance();
                    } catch (IOException failure) {
                        throw new CompletionException(failure);
                    }
                },
                disk);
    }

    private static ServiceException unavailable(String message) {
        return new ServiceException(new ServiceError(CommonError.UNAVAILABLE, message));
    }
}
