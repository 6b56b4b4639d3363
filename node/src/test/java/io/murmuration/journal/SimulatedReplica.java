package io.murmuration.journal;

import io.murmuration.consensus.Effects;
import io.murmuration.consensus.Entry;
import io.murmuration.consensus.Input;
import io.murmuration.consensus.Message;
import io.murmuration.consensus.Raft;
import io.murmuration.consensus.RaftOptions;
import io.murmuration.consensus.Voters;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The production {@link ReplicaLogic} with the production core on a {@link SimulatedDisk}, for simulations in other packages. */
public final class SimulatedReplica implements Rows {
    /** The node around the replica: its network, its time. Deeds given to it are lost when the node stops. */
    public interface Host {
        void send(Message message);

        void later(Runnable deed);

        void afterSync(Runnable deed);

        /** Ends with {@link #fetched} or {@link #fetchFailed}. */
        void fetch(Effects.Fetch fetch);

        void office(Effects.Office office);

        /** The core took a step; its effects have not yet been carried out. */
        void stepped(Input input, Effects effects);

        /** The damage is cured, and it is durable that it is. */
        void cured();

        /** The rows now are those of this index: one more entry was applied, or a snapshot was installed. */
        void moved(long index, long fingerprint, boolean bySnapshot);
    }

    /** What became of an append. */
    public enum Outcome {
        DONE,
        SURELY_WITHOUT_EFFECT,
        UNKNOWN
    }

    /** A state under way from one node to another. */
    public record FetchedState(Object rows, long index) {}

    private final Host host;
    private final SimulatedDisk disk;
    private final StepFault fault;
    private final ReplicaLog log;
    private final Raft raft;
    private final ReplicaLogic logic;
    private boolean cureNoted;
    private SimulatedState.@Nullable Snapshot fetched;

    private SimulatedReplica(
            Host host,
            SimulatedDisk disk,
            StepFault fault,
            ReplicaLog log,
            Raft raft,
            ReplicaLimits limits,
            long nowMillis) {
        this.host = host;
        this.disk = disk;
        this.fault = fault;
        this.log = log;
        this.raft = raft;
        this.cureNoted = !log.damaged();
        this.logic = new ReplicaLogic(
                limits, new WatchedCore(), raft.hardState(), log, new WatchedState(), new HostOutbox(), nowMillis);
    }

    /**
     * @param cacheBytes what the log keeps in memory
     * @param damageNumber for the case that the disk is damaged; not 0
     */
    public static SimulatedReplica start(
            RaftOptions options,
            Host host,
            SimulatedDisk disk,
            StepFault fault,
            int cacheBytes,
            long damageNumber,
            long nowMillis,
            long seed) {
        var state = disk.state;
        var log = disk.open(cacheBytes, state);
        disk.mount(host::afterSync);
        var voters = state.voters();
        var raft = Raft.start(
                options,
                log.hardState(),
                log.view(),
                voters == null ? disk.formatted : voters,
                state.appliedIndex(),
                log.damaged() && fault.knowsDamage() ? damageNumber : 0,
                nowMillis,
                seed);
        var limits =
                new ReplicaLimits(1 << 20, 256, 1 << 20, 700, 256, 700, 16, 1 << 16, 8, 1 << 12, 1 << 14, 2_000, 4);
        return new SimulatedReplica(host, disk, fault, log, raft, limits, nowMillis);
    }

    public void tick(long nowMillis) {
        logic.tick(nowMillis);
        if (!cureNoted && !raft.damaged()) {
            cureNoted = true;
            log.cured(host::cured);
        }
    }

    public void received(Message message) {
        logic.received(message);
    }

    /** Appends one event that changes rows to an entity, as the persistence plugin does; tells the outcome later, never before it returns. */
    public void append(
            String persistenceId,
            long expectedSequenceNumber,
            List<RowChange> rows,
            String writer,
            Consumer<Outcome> done) {
        var sequenceNumber = expectedSequenceNumber + 1;
        var event = new LoggedEvent(sequenceNumber, 0, "", null, null, rows);
        var command = new Command.AppendEvents(
                0, persistenceId, expectedSequenceNumber, sequenceNumber, writer, List.of(event));
        var result = new CompletableFuture<Long>();
        var unused = result.whenComplete((index, failure) -> host.later(() -> done.accept(outcome(failure))));
        logic.append(CommandCodec.encode(command), result);
    }

    /** The read barrier: {@code done} gets true once these rows hold every write acknowledged before now, false if that cannot be had. */
    public void barrier(Consumer<Boolean> done) {
        var result = new CompletableFuture<Long>();
        var unused = result.whenComplete((index, failure) -> host.later(() -> done.accept(failure == null)));
        logic.barrier(result);
    }

    public void lost(long node) {
        logic.lost(node);
    }

    public void transfer(long to) {
        logic.transfer(to);
    }

    public FetchedState export() {
        return new FetchedState(disk.state.snapshot(), disk.state.appliedIndex());
    }

    public void fetched(FetchedState state) {
        var snapshot = (SimulatedState.Snapshot) state.rows();
        fetched = new SimulatedState.Snapshot(
                snapshot.rows(),
                snapshot.fingerprint(),
                snapshot.index() + fault.snapshotGap(),
                snapshot.term(),
                snapshot.voters());
        logic.fetched(fetched.index(), fetched.term());
    }

    public void fetchFailed() {
        logic.fetchFailed();
    }

    public Raft core() {
        return raft;
    }

    public long fingerprint() {
        return disk.state.fingerprint();
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return disk.state.get(Keys.row(key));
    }

    @Override
    public RowCursor scan(byte[] from, byte[] to, boolean reverse) {
        var rows = disk.state.scan(Keys.row(from), Keys.row(to), reverse);
        return new RowCursor() {
            @Override
            public boolean next() {
                return rows.next();
            }

            @Override
            public byte[] key() {
                return Keys.ownKey(rows.key());
            }

            @Override
            public byte[] value() {
                return rows.value();
            }

            @Override
            public void close() {
                rows.close();
            }
        };
    }

    @Override
    public long sequenceNumber(String persistenceId) {
        return EntityRecord.read(disk.state.get(Keys.entity(persistenceId))).highest();
    }

    @Override
    public long appliedIndex() {
        return disk.state.appliedIndex();
    }

    private static Outcome outcome(@Nullable Throwable failure) {
        return switch (failure) {
            case null -> Outcome.DONE;
            case OutcomeUnknownException unknown -> Outcome.UNKNOWN;
            case NotLeaderException refused -> Outcome.SURELY_WITHOUT_EFFECT;
            case AppendRefusedException refused -> Outcome.SURELY_WITHOUT_EFFECT;
            case JournalOverloadedException refused -> Outcome.SURELY_WITHOUT_EFFECT;
            default -> throw new IllegalStateException("an append failed in a way nobody expects", failure);
        };
    }

    private final class WatchedCore implements Core {
        private final Core core = Core.of(raft);

        @Override
        public Effects step(Input input) {
            var effects = fault.step(raft, input);
            host.stepped(input, effects);
            return effects;
        }

        @Override
        public List<Entry> entries(long from, long to, int bytesMax) {
            return core.entries(from, to, bytesMax);
        }

        @Override
        public boolean mayInstall(long index, long indexTerm) {
            return core.mayInstall(index, indexTerm);
        }

        @Override
        public Effects.Office office() {
            return core.office();
        }

        @Override
        public long lastIndex() {
            return core.lastIndex();
        }

        @Override
        public long staleMillis(long nowMillis) {
            return core.staleMillis(nowMillis);
        }

        @Override
        public long neededIndex() {
            return core.neededIndex();
        }

        @Override
        public boolean damaged() {
            return core.damaged();
        }
    }

    private void install() {
        var snapshot = Objects.requireNonNull(fetched, "nothing was fetched");
        fetched = null;
        disk.state.become(snapshot);
        host.moved(snapshot.index(), snapshot.fingerprint(), true);
        var voters = Objects.requireNonNull(snapshot.voters(), "a snapshot says who votes");
        logic.installed(snapshot.index(), snapshot.term(), voters);
    }

    private final class WatchedState implements ReplicaState {
        @Override
        public long appliedIndex() {
            return disk.state.appliedIndex();
        }

        @Override
        public long appliedTerm() {
            return disk.state.appliedTerm();
        }

        @Override
        public @Nullable Voters voters() {
            return disk.state.voters();
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            return disk.state.get(key);
        }

        @Override
        public RowCursor scan(byte[] from, byte[] to, boolean reverse) {
            return disk.state.scan(from, to, reverse);
        }

        @Override
        public void apply(List<RowChange> changes, long index, long term, @Nullable Voters voters) {
            disk.state.apply(changes, index, term, voters);
            host.moved(index, disk.state.fingerprint(), false);
        }

        @Override
        public long durableIndex() {
            return fault.awaitsDurableRows() ? disk.state.durableIndex() : disk.state.appliedIndex();
        }
    }

    private final class HostOutbox implements Outbox {
        @Override
        public void send(Message message) {
            host.send(message);
        }

        @Override
        public void persisted(long step) {
            host.later(() -> logic.persisted(step));
        }

        @Override
        public void logReset() {
            host.later(logic::logReset);
        }

        @Override
        public void applyLater() {
            host.later(logic::applyMore);
        }

        @Override
        public void fetch(Effects.Fetch fetch) {
            host.fetch(fetch);
        }

        @Override
        public void install() {
            host.afterSync(SimulatedReplica.this::install);
        }

        @Override
        public void discard() {
            fetched = null;
        }

        @Override
        public void office(Effects.Office office) {
            host.office(office);
        }
    }
}
