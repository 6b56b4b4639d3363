package io.murmuration.journal;

import io.murmuration.consensus.Effects;
import io.murmuration.consensus.Entry;
import io.murmuration.consensus.HardState;
import io.murmuration.consensus.Input;
import io.murmuration.consensus.Message;
import io.murmuration.consensus.Voters;
import io.murmuration.consensus.VotersCodec;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One replica of one group: turns the core's effects into deeds and tells callers what became of their commands.
 *
 * <p>Owner: a {@link ReplicaActor}, or a simulation; one thread at a time. It has no clock and no thread of its own.
 * <p>Invariants: promises leave only when durable (docs/safety.md, rule 1); an entry is applied only when it is committed
 * and durable here; a command is answered when its entry's index is applied, or as unknown (rule 18).
 * <p>Failure: an exception means that a store or an invariant is broken; the owner stops the process.
 * <p>Limits: {@link ReplicaLimits}.
 */
final class ReplicaLogic {
    private static final long TRUNCATE_EVERY_MILLIS = 1_000;
    private static final long APPLIED_WAIT_MILLIS = 10_000;

    private final ReplicaLimits limits;
    private final Core core;
    private final ReplicaLog log;
    private final ReplicaState state;
    private final Outbox outbox;

    private final PersistQueue persists = new PersistQueue();
    private final TailSizes tail;
    private final RefillTail refill;
    private final PendingAppends appends;
    private final Barriers barriers;
    private final AppliedWaits waits;

    private HardState hardState;
    private Effects.Office office;
    private Snapshot snapshot = Snapshot.NONE;
    private @Nullable Installed installed;
    private long commitIndex;
    private long appliedIndex;
    private long nowMillis;
    private long truncateAtMillis;
    private boolean applyAsked;

    /** While the rows are replaced and the log is reset behind them, the core gets no input: see {@link io.murmuration.consensus.Raft#mayInstall}. */
    private enum Snapshot {
        NONE,
        FETCHING,
        INSTALLING
    }

    private record Installed(long index, long term, Voters voters) {}

    /**
     * @param hardState as the core was started with
     * @param nowMillis as the core was started with, of the clock of {@link #tick}
     */
    ReplicaLogic(
            ReplicaLimits limits,
            Core core,
            HardState hardState,
            ReplicaLog log,
            ReplicaState state,
            Outbox outbox,
            long nowMillis) {
        this.nowMillis = nowMillis;
        this.limits = limits;
        this.core = core;
        this.log = log;
        this.state = state;
        this.outbox = outbox;
        this.tail = new TailSizes(limits.tailEntriesMax());
        this.refill = new RefillTail(limits.refillBytesMax(), limits.refillMillisMax());
        this.appends = new PendingAppends(limits.pendingMax(), limits.pendingBytesMax());
        this.barriers = new Barriers(limits.barriersMax());
        this.waits = new AppliedWaits(limits.barriersMax());
        this.hardState = hardState;
        this.office = core.office();
        this.appliedIndex = state.appliedIndex();
        this.commitIndex = appliedIndex;
    }

    void tick(long now) {
        nowMillis = now;
        if (snapshot != Snapshot.INSTALLING) {
            run(new Input.Tick(now));
        }
        appends.expire(now);
        barriers.expire(now);
        waits.expire(now);
        truncate();
        settle();
    }

    void received(Message message) {
        if (snapshot == Snapshot.INSTALLING) {
            return; // lost, as messages may be
        }
        run(new Input.Received(message));
        settle();
    }

    /**
     * Proposes an encoded command and stamps the present term onto it. The result is the index at which it was applied here; it fails with
     * {@link NotLeaderException}, {@link AppendRefusedException} or {@link JournalOverloadedException} if nothing was done, and with
     * {@link OutcomeUnknownException} if that is not known.
     */
    void append(byte[] command, CompletableFuture<Long> result) {
        if (command.length > limits.entryBytesMax()) {
            result.completeExceptionally(new IllegalArgumentException(
                    "a command of " + command.length + " bytes exceeds " + limits.entryBytesMax()));
            return;
        }
        if (!office.serving() || snapshot == Snapshot.INSTALLING) {
            result.completeExceptionally(new NotLeaderException(office.leader()));
            return;
        }
        if (!appends.hasRoomFor(command.length)) {
            result.completeExceptionally(new JournalOverloadedException("too many appends wait"));
            return;
        }
        CommandCodec.stamp(command, office.term());
        var effects = core.step(new Input.Propose(List.of(command)));
        var proposed = effects.proposed();
        if (proposed == null || proposed.isRefused()) {
            result.completeExceptionally(
                    proposed != null && proposed.full()
                            ? new JournalOverloadedException("too much waits to become durable")
                            : new NotLeaderException(office.leader()));
        } else {
            // Before the effects: nothing may be applied that is not yet awaited.
            appends.add(
                    proposed.firstIndex(),
                    proposed.term(),
                    command.length,
                    nowMillis + limits.appendTimeoutMillis(),
                    result);
        }
        perform(effects);
        settle();
    }

    /** See {@link Journal#barrier}. */
    void barrier(CompletableFuture<Long> result) {
        if (!office.serving() || snapshot == Snapshot.INSTALLING) {
            result.completeExceptionally(new NotLeaderException(office.leader()));
            return;
        }
        barriers.add(nowMillis + limits.barrierTimeoutMillis(), result);
        settle();
    }

    /** See {@link Journal#applied}. */
    void whenApplied(long index, CompletableFuture<Void> result) {
        if (index <= appliedIndex) {
            result.complete(null);
        } else {
            waits.add(index, nowMillis + APPLIED_WAIT_MILLIS, result);
        }
    }

    /** Everything up to this step is on the disk. */
    void persisted(long step) {
        persists.written(step);
        settle();
    }

    /** Applies the next committed entries, bounded. */
    void applyMore() {
        applyAsked = false;
        if (snapshot != Snapshot.INSTALLING && appliedIndex < commitIndex) {
            applyEntries();
            waits.applied(appliedIndex);
            barriers.applied(appliedIndex);
            run(new Input.Applied(appliedIndex));
        }
        settle();
    }

    /** What was to be fetched lies ready, with this index and term. */
    void fetched(long index, long term) {
        if (core.mayInstall(index, term)) {
            snapshot = Snapshot.INSTALLING;
            outbox.install();
        } else {
            outbox.discard();
            fetchFailed();
        }
    }

    /** Nothing was installed; the leader will offer again. */
    void fetchFailed() {
        snapshot = Snapshot.NONE;
        settle();
    }

    /** The rows are those of the snapshot, durably: now the log follows. */
    void installed(long index, long term, Voters voters) {
        installed = new Installed(index, term, voters);
        log.reset(hardState, index, term, outbox::logReset);
    }

    void logReset() {
        var now = Objects.requireNonNull(installed, "no log was being reset");
        installed = null;
        snapshot = Snapshot.NONE;
        tail.forget();
        appliedIndex = now.index();
        commitIndex = Math.max(commitIndex, now.index());
        appends.jumped(now.index());
        waits.applied(now.index());
        run(new Input.SnapshotInstalled(now.index(), now.term(), now.voters()));
        settle();
    }

    /** The connection to that node has ended. */
    void lost(long node) {
        if (snapshot != Snapshot.INSTALLING) {
            run(new Input.Lost(node));
            settle();
        }
    }

    /** Hands leadership to that node if possible. */
    void transfer(long to) {
        if (snapshot != Snapshot.INSTALLING) {
            run(new Input.Transfer(to));
            settle();
        }
    }

    /** Tells all who wait that they will learn no more here. */
    void close() {
        appends.close();
        barriers.close(office.leader());
        waits.expire(Long.MAX_VALUE);
    }

    Effects.Office office() {
        return office;
    }

    long commitIndex() {
        return commitIndex;
    }

    long appliedIndex() {
        return appliedIndex;
    }

    long lastIndex() {
        return core.lastIndex();
    }

    /** See {@link Journal#staleMillis}; as of the last tick. */
    long staleMillis() {
        return snapshot == Snapshot.NONE ? core.staleMillis(nowMillis) : Long.MAX_VALUE;
    }

    boolean damaged() {
        return core.damaged();
    }

    private void run(Input input) {
        perform(core.step(input));
    }

    private void perform(Effects effects) {
        if (effects.hardState() != null) {
            hardState = effects.hardState();
        }
        persist(effects);
        effects.send().forEach(outbox::send);
        commitIndex = Math.max(commitIndex, effects.commitIndex());
        for (var released : effects.reads()) {
            barriers.released(released.readId(), released.index());
        }
        for (var refused : effects.readsRefused()) {
            barriers.refused(refused, office.leader());
        }
        if (effects.fetch() != null && snapshot == Snapshot.NONE) {
            snapshot = Snapshot.FETCHING;
            outbox.fetch(effects.fetch());
        }
        if (effects.office() != null) {
            changeOffice(effects.office());
        }
        barriers.applied(appliedIndex);
    }

    private void persist(Effects effects) {
        if (effects.hardState() != null || !effects.append().isEmpty()) {
            var step = effects.step();
            persists.writing(step, effects.sendOncePersisted());
            log.persist(effects.hardState(), effects.append(), () -> outbox.persisted(step));
        } else if (effects.mustPersist() || !effects.sendOncePersisted().isEmpty()) {
            persists.waiting(effects.step(), effects.sendOncePersisted());
        }
    }

    private void changeOffice(Effects.Office changed) {
        office = changed;
        if (!changed.serving()) {
            barriers.officeLost(changed.leader());
        }
        outbox.office(changed);
    }

    /** What follows from what just happened, until nothing more does. */
    private void settle() {
        if (snapshot == Snapshot.INSTALLING) {
            return;
        }
        boolean more;
        do {
            var durable = persists.drain(outbox::send);
            if (durable > 0) {
                run(new Input.Persisted(durable));
            }
            var begins = barriers.mayBegin();
            if (begins) {
                run(new Input.Read(barriers.begin()));
            }
            more = durable > 0 || begins;
        } while (more);
        if (!applyAsked && appliedIndex < commitIndex) {
            applyAsked = true;
            outbox.applyLater();
        }
    }

    private void applyEntries() {
        var count = 0;
        var bytes = 0;
        while (appliedIndex < commitIndex && count < limits.applyEntriesMax() && bytes < limits.applyBytesMax()) {
            for (var entry : core.entries(appliedIndex + 1, commitIndex, limits.applyBytesMax())) {
                apply(entry);
                count++;
                bytes += entry.payload().length;
            }
        }
    }

    private void apply(Entry entry) {
        if (entry.index() != appliedIndex + 1) {
            throw new IllegalStateException("entry " + entry.index() + " after " + appliedIndex);
        }
        Command.@Nullable Refusal refusal = null;
        switch (entry.kind()) {
            case TERM_OPENED -> state.apply(List.of(), entry.index(), entry.term(), null);
            case VOTERS -> state.apply(List.of(), entry.index(), entry.term(), VotersCodec.decode(entry.payload()));
            case COMMAND -> {
                var outcome = ApplyRules.apply(state, CommandCodec.decode(entry.payload()), entry.term());
                refusal = outcome.refusal();
                state.apply(outcome.changes(), entry.index(), entry.term(), null);
            }
        }
        appliedIndex = entry.index();
        tail.applied(entry.index(), entry.payload().length);
        refill.applied(entry.payload().length);
        appends.applied(entry.index(), entry.term(), refusal, office.leader());
    }

    private void truncate() {
        if (nowMillis < truncateAtMillis || snapshot == Snapshot.INSTALLING) {
            return;
        }
        truncateAtMillis = nowMillis + TRUNCATE_EVERY_MILLIS;
        var firstUseful = tail.firstKept(Math.min(state.durableIndex(), appliedIndex), limits.tailBytesMax());
        var firstAllowed = refill.firstAllowed(nowMillis, appliedIndex);
        var firstKept = Math.min(firstUseful, Math.max(core.neededIndex(), firstAllowed));
        if (firstKept - log.view().firstIndex() >= limits.truncateStep()) {
            log.truncate(firstKept - 1);
        }
    }
}
