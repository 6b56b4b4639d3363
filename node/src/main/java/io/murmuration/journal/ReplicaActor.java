package io.murmuration.journal;

import io.murmuration.base.ByteWriter;
import io.murmuration.cluster.Leadership.OfficeChange;
import io.murmuration.cluster.Links;
import io.murmuration.consensus.Effects;
import io.murmuration.consensus.Message;
import io.murmuration.consensus.MessageCodec;
import io.murmuration.consensus.Raft;
import io.murmuration.consensus.Voters;
import io.murmuration.journal.SnapshotSource.SnapshotFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One replica of one group on this node: {@link ReplicaLogic} with a mailbox.
 *
 * <p>Owner: {@link JournalNode}, through {@link ReplicaStart}; it runs on a dispatcher of its own kind and may read the stores.
 * <p>Failure: whatever escapes the logic is damage or a broken invariant: the process ends, for it may promise nothing more.
 * <p>Limits: {@link ReplicaLimits}; what others send is bounded by what their leaders have in flight. It holds mutable state: every write passes here.
 */
final class ReplicaActor extends AbstractBehavior<ReplicaMessage> {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaActor.class);
    private static final long HAND_OVER_MILLIS = 1_000;
    private static final int GROUP_BYTES = Integer.BYTES;

    private record Persisted(long step) implements ReplicaMessage {}

    private record Fetched(
            @Nullable SnapshotFile file, @Nullable Throwable failure) implements ReplicaMessage {}

    private record Installed(
            @Nullable SnapshotHeader header, @Nullable Throwable failure) implements ReplicaMessage {}

    private enum Signal implements ReplicaMessage {
        LOG_RESET,
        APPLY_MORE
    }

    private record HandingOver(long deadlineMillis, CompletableFuture<Void> result) {}

    private final ReplicaParts parts;
    private final ReplicaLogic logic;
    private final List<Consumer<OfficeChange>> listeners = new ArrayList<>();
    private @Nullable OfficeChange held;
    private @Nullable SnapshotFile fetched;
    private @Nullable HandingOver handingOver;
    private boolean cureNoted;
    private boolean installing;

    private ReplicaActor(ActorContext<ReplicaMessage> context, ReplicaParts parts) {
        super(context);
        this.parts = parts;
        var damaged = parts.log().damaged();
        this.cureNoted = !damaged;
        var now = parts.nowMillis();
        var raft = raft(damaged, now);
        this.logic = new ReplicaLogic(
                parts.limits(), Core.of(raft), raft.hardState(), parts.log(), parts.state(), new Deeds(), now);
        show();
    }

    static Behavior<ReplicaMessage> create(ReplicaParts parts) {
        return Behaviors.setup(context -> new ReplicaActor(context, parts));
    }

    private Raft raft(boolean damaged, long now) {
        var state = parts.state();
        var voters = state.voters();
        if (voters == null && damaged) {
            voters = Voters.of(parts.replicas());
        }
        var damage = damaged ? 1 + parts.chance().nextLong(Long.MAX_VALUE - 1) : 0;
        return Raft.start(
                parts.options(),
                parts.log().hardState(),
                parts.log().view(),
                voters,
                state.appliedIndex(),
                damage,
                now,
                parts.chance().nextLong());
    }

    @Override
    public Receive<ReplicaMessage> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<ReplicaMessage> onMessage(ReplicaMessage message) {
        try {
            if (message instanceof ReplicaMessage.Close close) {
                logic.close();
                show();
                if (installing) {
                    return closing(close);
                }
                close.result().complete(null);
                return Closed.create();
            }
            if (message instanceof Installed done && done.failure() != null) {
                parts.halt()
                        .startAgain("Fetched rows could not be installed; the next start tries again.", done.failure());
                return Closed.create();
            }
            act(message);
            show();
            return this;
        } catch (RuntimeException broken) {
            parts.halt().halt("A replica met what must not be; the process ends. Group " + parts.group(), broken);
            return Closed.create();
        }
    }

    /** The install uses the stores, which are closed once this replica has. */
    private Behavior<ReplicaMessage> closing(ReplicaMessage.Close close) {
        return Behaviors.receiveMessage(message -> {
            if (message instanceof Installed done) {
                LOG.info("An install ended at the close: group {}", parts.group(), done.failure());
                close.result().complete(null);
                return Closed.create();
            }
            if (message instanceof ReplicaMessage.Request request) {
                Closed.refuse(request);
            }
            return Behaviors.same();
        });
    }

    private void act(ReplicaMessage message) {
        switch (message) {
            case ReplicaMessage.Tick tick -> onTick();
            case ReplicaMessage.Received received -> onReceived(received.message());
            case ReplicaMessage.Append append -> logic.append(append.command(), append.result());
            case ReplicaMessage.Barrier barrier -> logic.barrier(barrier.result());
            case ReplicaMessage.AwaitApplied await -> logic.whenApplied(await.index(), await.result());
            case ReplicaMessage.Lost lost -> logic.lost(lost.node());
            case ReplicaMessage.Listen listen -> onListen(listen.listener());
            case ReplicaMessage.HandOver handOver -> onHandOver(handOver.result());
            case Persisted persisted -> logic.persisted(persisted.step());
            case Signal signal -> {
                switch (signal) {
                    case LOG_RESET -> logic.logReset();
                    case APPLY_MORE -> logic.applyMore();
                }
            }
            case Fetched done -> onFetched(done);
            case Installed done -> onInstalled(done);
            default -> throw new IllegalStateException("unexpected message " + message);
        }
    }

    private void onTick() {
        var now = parts.nowMillis();
        logic.tick(now);
        if (!cureNoted && !logic.damaged()) {
            cureNoted = true;
            LOG.info("A replica that lost its store is whole again: group {}", parts.group());
            parts.log().cured(() -> {});
        }
        var waiting = handingOver;
        if (waiting != null && (logic.office().role() != Effects.Role.LEADER || now >= waiting.deadlineMillis)) {
            handingOver = null;
            waiting.result.complete(null);
        }
    }

    private void onReceived(byte[] wire) {
        Message message;
        try {
            message = MessageCodec.decode(java.util.Arrays.copyOfRange(wire, GROUP_BYTES, wire.length));
        } catch (IllegalArgumentException unreadable) {
            LOG.warn("A message of another replica cannot be read: group {}", parts.group(), unreadable);
            return;
        }
        if (message.to() == parts.self()) {
            logic.received(message);
        }
    }

    private void onListen(Consumer<OfficeChange> listener) {
        listeners.add(listener);
        if (held != null) {
            listener.accept(held);
        }
    }

    private void onHandOver(CompletableFuture<Void> result) {
        var next = parts.others().stream().min(Comparator.comparingLong(parts.links()::silentMillis));
        if (next.isEmpty() || logic.office().role() != Effects.Role.LEADER) {
            result.complete(null);
            return;
        }
        handingOver = new HandingOver(parts.nowMillis() + HAND_OVER_MILLIS, result);
        logic.transfer(next.get());
    }

    private void onFetched(Fetched done) {
        fetched = done.file();
        if (fetched == null) {
            LOG.warn(
                    "A snapshot could not be fetched, it will be offered again: group {}",
                    parts.group(),
                    done.failure());
            logic.fetchFailed();
        } else {
            logic.fetched(fetched.header().index(), fetched.header().term());
        }
    }

    private void onInstalled(Installed done) {
        installing = false;
        var header = done.header();
        if (header == null || header.voters() == null) {
            throw new IllegalStateException("an installed snapshot has no voters");
        }
        LOG.info("A snapshot was installed: group {}, index {}", parts.group(), header.index());
        logic.installed(header.index(), header.term(), header.voters());
    }

    private void show() {
        var office = logic.office();
        parts.board()
                .show(new ReplicaView(
                        office.role(),
                        logic.damaged(),
                        office.term(),
                        office.leader(),
                        office.serving(),
                        logic.commitIndex(),
                        logic.appliedIndex(),
                        logic.lastIndex(),
                        logic.staleMillis()));
    }

    private final class Deeds implements Outbox {
        @Override
        public void send(Message message) {
            var encoded = MessageCodec.encode(message);
            var wire = new ByteWriter(GROUP_BYTES + encoded.length)
                    .int32(parts.group())
                    .raw(encoded)
                    .toBytes();
            parts.links().send(message.to(), Links.Channel.CONSENSUS, wire);
        }

        @Override
        public void persisted(long step) {
            getContext().getSelf().tell(new Persisted(step));
        }

        @Override
        public void logReset() {
            getContext().getSelf().tell(Signal.LOG_RESET);
        }

        @Override
        public void applyLater() {
            getContext().getSelf().tell(Signal.APPLY_MORE);
        }

        @Override
        public void fetch(Effects.Fetch fetch) {
            getContext().pipeToSelf(parts.snapshots().fetch(fetch.node(), parts.group(), fetch.index()), Fetched::new);
        }

        @Override
        public void install() {
            installing = true;
            var file = takeFetched();
            var installation = CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            var header = parts.installer().install(file);
                            Files.deleteIfExists(file.path());
                            return header;
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    parts.disk());
            getContext().pipeToSelf(installation, Installed::new);
        }

        @Override
        public void discard() {
            var file = takeFetched();
            parts.disk().execute(() -> {
                try {
                    Files.deleteIfExists(file.path());
                } catch (IOException e) {
                    LOG.warn("A fetched snapshot that is not needed stays behind: {}", file.path(), e);
                }
            });
        }

        private SnapshotFile takeFetched() {
            var file = fetched;
            if (file == null) {
                throw new IllegalStateException("nothing was fetched");
            }
            fetched = null;
            return file;
        }

        @Override
        public void office(Effects.Office office) {
            if (held != null && (!office.serving() || office.term() != held.term())) {
                tellListeners(new OfficeChange(parts.group(), held.term(), false));
                held = null;
            }
            if (office.serving() && held == null) {
                held = new OfficeChange(parts.group(), office.term(), true);
                tellListeners(held);
            }
        }

        private void tellListeners(OfficeChange change) {
            listeners.forEach(listener -> listener.accept(change));
        }
    }
}
