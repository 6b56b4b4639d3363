package io.murmuration.benchmarks;

import io.murmuration.consensus.Effects;
import io.murmuration.consensus.Entry;
import io.murmuration.consensus.HardState;
import io.murmuration.consensus.Input;
import io.murmuration.consensus.LogView;
import io.murmuration.consensus.Message;
import io.murmuration.consensus.Raft;
import io.murmuration.consensus.RaftOptions;
import io.murmuration.consensus.Voters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The core alone: from a proposal at the leader of three to its commit, with every message handed over at once and a disk that takes no time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ConsensusBenchmark {
    private static final Voters VOTERS = Voters.of(List.of(1L, 2L, 3L));
    private final byte[] command = new byte[1024];
    private final List<Replica> replicas = new ArrayList<>();
    private long committed;

    /** A replica on a disk that is an array. */
    private static final class Replica {
        final Disk disk = new Disk();
        final Raft raft;

        Replica(long id) {
            disk.append(List.of(VOTERS.firstEntry()));
            var options = RaftOptions.defaults(id).campaigningFirst(id == 1);
            raft = Raft.start(options, HardState.NEW, disk, VOTERS, 1, 0, 0, id);
        }
    }

    private static final class Disk implements LogView {
        private static final int KEPT = 10_000;
        private final List<Entry> entries = new ArrayList<>();

        void append(List<Entry> more) {
            entries.addAll(more);
            if (entries.size() > 2 * KEPT) {
                entries.subList(0, entries.size() - KEPT).clear();
            }
        }

        @Override
        public long firstIndex() {
            return entries.getFirst().index();
        }

        @Override
        public long lastIndex() {
            return entries.getLast().index();
        }

        @Override
        public long term(long index) {
            return index < firstIndex()
                    ? 1
                    : entries.get((int) (index - firstIndex())).term();
        }

        @Override
        public List<Entry> entries(long from, int bytesMax) {
            return List.of(entries.get((int) (from - firstIndex())));
        }
    }

    @Setup(Level.Iteration)
    public void elect() {
        replicas.clear();
        committed = 0;
        for (var id = 1; id <= 3; id++) {
            replicas.add(new Replica(id));
        }
        for (var now = 10L; !replicas.getFirst().raft.office().serving(); now += 10) {
            for (var replica : replicas) {
                run(replica, new Input.Tick(now));
            }
        }
    }

    @Benchmark
    public long proposeToCommit() {
        run(replicas.getFirst(), new Input.Propose(List.of(command)));
        return committed;
    }

    private void run(Replica replica, Input input) {
        var effects = replica.raft.step(input);
        replica.disk.append(effects.append());
        deliver(effects.send());
        if (effects.mustPersist()) {
            deliver(effects.sendOncePersisted());
            run(replica, new Input.Persisted(effects.step()));
        } else {
            deliver(effects.sendOncePersisted());
        }
        apply(replica, effects);
    }

    private void apply(Replica replica, Effects effects) {
        if (effects.commitIndex() > committed && replica == replicas.getFirst()) {
            committed = effects.commitIndex();
            run(replica, new Input.Applied(committed));
        }
    }

    private void deliver(List<Message> messages) {
        for (var message : messages) {
            run(replicas.get((int) message.to() - 1), new Input.Received(message));
        }
    }
}
