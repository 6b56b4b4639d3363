package io.murmuration.journal;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.cluster.Links;
import io.murmuration.consensus.HardState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of one node: its stores, and a replica for each group that the topology gives it.
 *
 * <p>Owner: the node's guardian, or {@link JournalExtension} where there is none. Data: {@code log} and {@code state} of the node's folder.
 * <p>Failure: a store that is found damaged at the start is put aside and all replicas are refilled by the others (docs/safety.md, rules 7 to 9);
 * one that is found damaged later ends the process, to start so.
 */
public final class JournalNode implements Journal {
    private static final Logger LOG = LoggerFactory.getLogger(JournalNode.class);
    private static final DispatcherSelector REPLICAS =
            DispatcherSelector.fromConfig("murmuration.dispatchers.replicas");
    private static final DispatcherSelector DISK =
            DispatcherSelector.fromConfig("murmuration.dispatchers.journal-disk");

    private final JournalTopology topology;
    private final ReplicaStores stores;
    private final Links links;
    private final Executor disk;
    private final Map<Integer, Replica> replicas = new TreeMap<>();
    private final Map<Integer, Long> hints = new ConcurrentHashMap<>();
    private final List<Cancellable> timers;
    private final SnapshotSource snapshots;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final AtomicBoolean checkpointing = new AtomicBoolean();
    private volatile long checkpointed;

    private record Replica(ActorRef<ReplicaMessage> actor, ReplicaRows rows, ReplicaState state, ReplicaBoard board) {}

    /**
     * What a node's journal is made of.
     *
     * @param folder the node's own; its stores are in it, or will be
     * @param storesExist whether the node made its stores before: then a missing store is a loss and not a beginning
     * @param storesMade called once the stores are there and before anything is promised on them
     */
    public record Setup(
            JournalTopology topology,
            Path folder,
            boolean storesExist,
            Runnable storesMade,
            Links links,
            SnapshotSource snapshots,
            JournalSettings settings,
            Halt halt,
            Clock clock,
            Chance chance) {}

    private JournalNode(ActorSystem<?> system, Setup setup, ReplicaStores stores) {
        this.topology = setup.topology();
        this.stores = stores;
        this.links = setup.links();
        this.snapshots = setup.snapshots();
        this.disk = system.dispatchers().lookup(DISK);
        // What may fail comes before the first replica runs: the stores are closed then.
        topology.ownGroups().stream()
                .map(group -> parts(setup, group))
                .toList()
                .forEach(parts -> replicas.put(parts.group(), replica(system, parts)));
        links.receive(Links.Channel.CONSENSUS, this::received);
        links.onLost(node -> replicas.values().forEach(replica -> replica.actor.tell(new ReplicaMessage.Lost(node))));
        var tick = setup.settings().tick();
        var checkpoint = setup.settings().checkpoint();
        var scheduler = system.scheduler();
        this.timers = List.of(
                // One tick for all replicas: the heartbeats that it brings about leave together.
                scheduler.scheduleWithFixedDelay(tick, tick, this::tick, system.executionContext()),
                scheduler.scheduleWithFixedDelay(
                        checkpoint,
                        checkpoint,
                        this::checkpoint,
                        system.dispatchers().lookup(DISK)));
    }

    /**
     * Opens the stores and starts the replicas. Waits for the disk.
     *
     * @throws DamagedStoreException if the stores are damaged and a group has no other replica that could refill this one
     * @throws UncheckedIOException if the folder cannot be used
     */
    public static JournalNode start(ActorSystem<?> system, Setup setup) {
        var stores = openStores(setup);
        try {
            setup.storesMade().run();
            var node = new JournalNode(system, setup, stores);
            node.scrub(setup.halt());
            return node;
        } catch (RuntimeException | Error failure) {
            setup.snapshots().close();
            stores.close();
            throw failure;
        }
    }

    private static ReplicaStores openStores(Setup setup) {
        var settings = setup.settings();
        var logOptions = settings.logStore().withCreateIfMissing(!setup.storesExist());
        var stateOptions = settings.stateStore().withCreateIfMissing(!setup.storesExist());
        try {
            return ReplicaStores.open(setup.folder(), logOptions, stateOptions, setup.halt());
        } catch (DamagedStoreException damaged) {
            var topology = setup.topology();
            for (int group : topology.ownGroups()) {
                if (topology.replicasOf(group).size() == 1) {
                    throw new DamagedStoreException(
                            damaged.getMessage()
                                    + " No other node holds a copy, so nothing was changed and the node does"
                                    + " not start: bring the folder " + setup.folder() + " back from a backup.",
                            damaged);
                }
            }
            LOG.warn(
                    "The stores are damaged: they are put aside and refilled from the other nodes; until then this node"
                            + " counts for nothing: {}",
                    damaged.getMessage());
            return ReplicaStores.beginAnew(setup.folder(), logOptions, stateOptions, setup.halt());
        }
    }

    private ReplicaParts parts(Setup setup, int group) {
        var log = stores.logs().log(group);
        var state = stores.states().state(group);
        var board = new ReplicaBoard(ReplicaView.starting(
                log.damaged(), state.appliedIndex(), log.view().lastIndex()));
        var nodes = topology.replicasOf(group);
        return new ReplicaParts(
                group,
                nodes,
                setup.settings().raftOptions(topology.self(), nodes.getFirst() == topology.self()),
                setup.settings().limits(),
                log,
                state,
                file -> install(group, file.path()),
                setup.snapshots(),
                links,
                setup.halt(),
                disk,
                setup.clock(),
                setup.chance(),
                board);
    }

    private static Replica replica(ActorSystem<?> system, ReplicaParts parts) {
        var actor = system.systemActorOf(ReplicaStart.create(parts), "replica-" + parts.group(), REPLICAS);
        return new Replica(actor, new ReplicaRows(parts.state(), parts.halt()), parts.state(), parts.board());
    }

    private SnapshotHeader install(int group, Path file) throws IOException {
        try (var stream = Files.newInputStream(file)) {
            return stores.states().install(group, stream);
        }
    }

    @Override
    public int groups() {
        return topology.groups();
    }

    @Override
    public boolean hasReplica(int group) {
        return replicas.containsKey(group);
    }

    @Override
    public List<Long> replicasOf(int group) {
        return topology.replicasOf(group);
    }

    /** The group in which an entity lives. */
    public int groupOf(String persistenceId) {
        return topology.groupOf(persistenceId);
    }

    @Override
    public long leaderOf(int group) {
        var replica = replicas.get(group);
        return replica == null
                ? hints.getOrDefault(group, HardState.NOBODY)
                : replica.board.view().leader();
    }

    @Override
    public void hint(int group, long leader) {
        if (!replicas.containsKey(group)) {
            hints.put(group, leader);
        }
    }

    @Override
    public void onOffice(Consumer<OfficeChange> listener) {
        replicas.values().forEach(replica -> replica.actor.tell(new ReplicaMessage.Listen(listener)));
    }

    @Override
    public Rows rows(int group) {
        return replicaRows(group);
    }

    ReplicaRows replicaRows(int group) {
        return existing(group).rows;
    }

    /** The whole key space of the group's rows, for the journal's own readers. */
    ReplicaState state(int group) {
        return existing(group).state;
    }

    private Replica existing(int group) {
        var replica = replicas.get(group);
        if (replica == null) {
            throw new IllegalArgumentException("this node has no replica of group " + group);
        }
        return replica;
    }

    @Override
    public CompletionStage<Long> barrier(int group) {
        return ask(group, ReplicaMessage.Barrier::new);
    }

    /** Proposes a command; see {@link ReplicaLogic#append}. The bytes are stamped: they belong to the journal from now on. */
    CompletionStage<Long> append(int group, byte[] command) {
        return ask(group, result -> new ReplicaMessage.Append(command, result));
    }

    @Override
    public CompletionStage<Void> applied(int group, long index) {
        var replica = replicas.get(group);
        if (replica != null && replica.board.view().appliedIndex() >= index) {
            return CompletableFuture.completedFuture(null);
        }
        return ask(group, result -> new ReplicaMessage.AwaitApplied(index, result));
    }

    private <T> CompletionStage<T> ask(int group, Function<CompletableFuture<T>, ReplicaMessage> message) {
        var replica = replicas.get(group);
        if (replica == null) {
            return CompletableFuture.failedFuture(new NotLeaderException(leaderOf(group)));
        }
        var result = new CompletableFuture<T>();
        replica.actor.tell(message.apply(result));
        return result;
    }

    @Override
    public long staleMillis(int group) {
        return existing(group).board.view().staleMillis();
    }

    @Override
    public List<ReplicaStatus> status() {
        return replicas.entrySet().stream()
                .map(entry -> entry.getValue().board.view().status(entry.getKey()))
                .toList();
    }

    /** The group's rows as of now, as a stream for another node; close it. */
    public SnapshotExport export(int group) {
        return stores.states().export(group);
    }

    /**
     * Hands leadership over, ends the replicas and closes the stores. Callers that wait are told what is known. The stage completes when the stores
     * are closed.
     */
    public CompletionStage<Void> close() {
        if (closing.compareAndSet(false, true)) {
            tellAll(ReplicaMessage.HandOver::new)
                    .thenCompose(nothing -> tellAll(ReplicaMessage.Close::new))
                    .thenRunAsync(this::closeStores, disk)
                    .exceptionally(failure -> {
                        closed.completeExceptionally(failure);
                        return null;
                    });
        }
        return closed;
    }

    private void closeStores() {
        timers.forEach(Cancellable::cancel);
        snapshots.close();
        stores.close();
        closed.complete(null);
    }

    private CompletionStage<Void> tellAll(Function<CompletableFuture<Void>, ReplicaMessage> message) {
        return CompletableFuture.allOf(replicas.values().stream()
                .map(replica -> {
                    var result = new CompletableFuture<Void>();
                    replica.actor.tell(message.apply(result));
                    return result;
                })
                .toArray(CompletableFuture<?>[]::new));
    }

    private void received(long from, byte[] message) {
        var replica = message.length < Integer.BYTES
                ? null
                : replicas.get(ByteBuffer.wrap(message).getInt());
        if (replica != null) {
            replica.actor.tell(new ReplicaMessage.Received(message));
        }
    }

    private void tick() {
        replicas.values().forEach(replica -> replica.actor.tell(new ReplicaMessage.Tick()));
    }

    /** Only if something was applied since: an idle node leaves its disk alone. */
    private void checkpoint() {
        var applied = replicas.values().stream()
                .mapToLong(replica -> replica.state.appliedIndex())
                .sum();
        if (applied != checkpointed && !closing.get() && checkpointing.compareAndSet(false, true)) {
            try {
                stores.states().checkpoint();
                checkpointed = applied;
            } finally {
                checkpointing.set(false);
            }
        }
    }

    /** Reads all rows once, so that damage is found while others can cure it. */
    private void scrub(Halt halt) {
        disk.execute(() -> {
            try {
                stores.states().verify();
            } catch (DamagedStoreException damaged) {
                halt.halt("The rows are damaged; the next start has the node refilled.", damaged);
            } catch (IllegalStateException closed) {
                LOG.debug("The stores were closed before all rows were read", closed);
            } catch (UncheckedIOException unread) {
                LOG.warn("Not all rows could be looked over; what was not is checked when it is read", unread);
            }
        });
    }
}
