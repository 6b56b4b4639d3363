package io.murmuration.journal;

import io.murmuration.consensus.Effects;
import io.murmuration.consensus.Message;
import io.murmuration.consensus.Raft;
import io.murmuration.consensus.RaftOptions;
import io.murmuration.consensus.Voters;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Replicas of one group in memory, on one thread: messages, disks and time move when the test says so. */
final class LogicCluster {
    private static final long TICK_MILLIS = 50;

    private final Map<Long, Node> nodes = new TreeMap<>();
    private final ArrayDeque<Message> network = new ArrayDeque<>();
    private final Set<Long> cut = new HashSet<>();
    /** A clock runs long before the process that reads it. */
    private long now = 1_000_000;

    /** One replica with its stores; its disk is synced by itself unless it is told to wait. */
    final class Node implements Outbox {
        final MemoryLog log = new MemoryLog();
        final MemoryState state = new MemoryState();
        final ArrayDeque<Runnable> mailbox = new ArrayDeque<>();
        final ReplicaLogic logic;
        boolean diskWaits;
        boolean installWaits;
        int fetches;
        private @Nullable MemoryState fetched;
        private @Nullable Runnable install;

        private Node(long id, ReplicaLimits limits, Voters voters) {
            log.persist(null, List.of(voters.firstEntry()), () -> {});
            log.sync();
            var options = RaftOptions.defaults(id).campaigningFirst(id == 1);
            var raft = Raft.start(options, log.hardState(), log.view(), null, 0, 0, now, id);
            logic = new ReplicaLogic(limits, Core.of(raft), raft.hardState(), log, state, this, now);
        }

        @Override
        public void send(Message message) {
            network.add(message);
        }

        @Override
        public void persisted(long step) {
            mailbox.add(() -> logic.persisted(step));
        }

        @Override
        public void logReset() {
            mailbox.add(logic::logReset);
        }

        @Override
        public void applyLater() {
            mailbox.add(logic::applyMore);
        }

        @Override
        public void fetch(Effects.Fetch wanted) {
            fetches++;
            var copy = new MemoryState();
            copy.install(node(wanted.node()).state);
            fetched = copy;
            mailbox.add(() -> logic.fetched(copy.appliedIndex(), copy.appliedTerm()));
        }

        @Override
        public void install() {
            install = () -> {
                state.install(java.util.Objects.requireNonNull(fetched));
                logic.installed(
                        state.appliedIndex(), state.appliedTerm(), java.util.Objects.requireNonNull(state.voters()));
            };
        }

        @Override
        public void discard() {}

        @Override
        public void office(Effects.Office office) {}

        CompletableFuture<Long> append(long expected, String value) {
            var row = new RowChange(new byte[] {1}, value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            var event = new LoggedEvent(expected + 1, 0, "", null, null, List.of(row));
            var command = new Command.AppendEvents(0, "flock", expected, expected + 1, "w", List.of(event));
            var result = new CompletableFuture<Long>();
            logic.append(CommandCodec.encode(command), result);
            return result;
        }

        CompletableFuture<Long> barrier() {
            var result = new CompletableFuture<Long>();
            logic.barrier(result);
            return result;
        }

        long sequenceNumber() {
            return EntityRecord.read(state.get(Keys.entity("flock"))).highest();
        }

        private boolean work() {
            if (!diskWaits) {
                log.sync();
            }
            var task = mailbox.poll();
            if (task == null && !installWaits) {
                task = install;
                install = null;
            }
            if (task != null) {
                task.run();
            }
            return task != null;
        }
    }

    LogicCluster(int size, ReplicaLimits limits) {
        var voters = Voters.of(LongStream.rangeClosed(1, size).boxed().toList());
        for (long id : voters.voters()) {
            nodes.put(id, new Node(id, limits, voters));
        }
    }

    Node node(long id) {
        return java.util.Objects.requireNonNull(nodes.get(id));
    }

    /** Nothing reaches or leaves these any more. */
    void cut(Long... ids) {
        cut.addAll(List.of(ids));
    }

    void heal() {
        cut.clear();
    }

    /** Lets everything happen that needs no time. */
    void settle() {
        boolean worked;
        do {
            worked = false;
            for (var node : nodes.values()) {
                worked |= node.work();
            }
            var message = network.poll();
            if (message != null) {
                worked = true;
                if (!cut.contains(message.from()) && !cut.contains(message.to())) {
                    node(message.to()).logic.received(message);
                }
            }
        } while (worked);
    }

    void pass(long millis) {
        for (long passed = 0; passed < millis; passed += TICK_MILLIS) {
            now += TICK_MILLIS;
            nodes.values().forEach(node -> node.logic.tick(now));
            settle();
        }
    }

    /** The node that serves, not counting those that are cut. */
    Node awaitLeader() {
        for (int tries = 0; tries < 1_000; tries++) {
            pass(TICK_MILLIS);
            for (var entry : nodes.entrySet()) {
                if (!cut.contains(entry.getKey())
                        && entry.getValue().logic.office().serving()) {
                    return entry.getValue();
                }
            }
        }
        throw new AssertionError("nobody leads");
    }
}
