package io.murmuration.main;

import io.murmuration.base.Clock;
import io.murmuration.cluster.Links;
import io.murmuration.config.ClusterSettings;
import io.murmuration.config.OpenDataFolder;
import io.murmuration.http.Health;
import io.murmuration.journal.Journal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Puts together what a node knows of itself. */
final class HealthSource {
    /** Heartbeats are ten times as frequent. */
    static final long REACHABLE_MILLIS = 2_000;

    private final OpenDataFolder folder;
    private final Journal journal;
    private final Links links;
    private final Supplier<Optional<String>> waitingFor;
    private final String isolation;
    private final Executor disk;
    private final Clock clock;
    private final long startedNanos;
    private final Map<Long, Integer> numbers;

    HealthSource(
            OpenDataFolder folder,
            Journal journal,
            Links links,
            Supplier<Optional<String>> waitingFor,
            String isolation,
            Executor disk,
            Clock clock) {
        this.folder = folder;
        this.journal = journal;
        this.links = links;
        this.waitingFor = waitingFor;
        this.isolation = isolation;
        this.disk = disk;
        this.clock = clock;
        this.startedNanos = clock.nanos();
        this.numbers = folder.cluster().nodes().stream()
                .collect(Collectors.toMap(ClusterSettings.Node::nodeId, ClusterSettings.Node::number));
    }

    /** Nodes heard from lately, this one too. */
    static int reachable(Links links) {
        return (int) links.nodes().stream()
                .filter(node -> links.silentMillis(node) <= REACHABLE_MILLIS)
                .count();
    }

    CompletionStage<Health> health() {
        return CompletableFuture.supplyAsync(this::read, disk);
    }

    private Health read() {
        var waiting = waitingFor.get();
        return new Health(
                true,
                waiting.isEmpty(),
                waiting.orElse(""),
                folder.node().number(),
                folder.node().nodeId(),
                folder.cluster().clusterId(),
                Version.CURRENT,
                TimeUnit.NANOSECONDS.toMillis(clock.nanos() - startedNanos),
                diskBytes(),
                isolation,
                members(),
                groups());
    }

    private List<Health.Member> members() {
        return folder.cluster().nodes().stream()
                .map(node -> {
                    long silent = links.silentMillis(node.nodeId());
                    return new Health.Member(
                            node.number(),
                            node.nodeId(),
                            silent == Long.MAX_VALUE ? -1 : silent,
                            silent <= REACHABLE_MILLIS);
                })
                .toList();
    }

    private List<Health.Group> groups() {
        return journal.status().stream()
                .map(replica -> new Health.Group(
                        replica.group(),
                        replica.role(),
                        replica.leader(),
                        numbers.getOrDefault(replica.leader(), 0),
                        replica.term(),
                        replica.commitIndex(),
                        replica.appliedIndex(),
                        replica.lagEntries()))
                .toList();
    }

    private long diskBytes() {
        try {
            return DiskUse.bytesBelow(folder.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
