package io.murmuration.journal;

import io.murmuration.consensus.Voters;
import io.murmuration.journal.SnapshotSource.SnapshotFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.StashBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a replica's log and rows fit each other before its core starts, so that a start that was broken off anywhere ends in a state the core
 * knows.
 *
 * <p>Transitions: rows missing since a broken-off install (docs/safety.md, rule 16): fetched from any other replica, again and again. Rows beyond
 * the log, or of another term than the log at their index: an install was complete but for the log, which is begun behind the rows. An empty
 * log that is not damaged: the group is new here, its first entry is written (rule 6). Then the core starts.
 * <p>Meanwhile it promises nothing: what others send is lost, and requests are refused; listeners wait, and so does a close while rows are installed.
 * <p>Failure: an install that fails ends the process, unless it is closing; the rows stay marked as unfinished, and the next start fetches them.
 */
final class ReplicaStart {
    private static final Logger LOG = LoggerFactory.getLogger(ReplicaStart.class);
    private static final Duration FETCH_AGAIN = Duration.ofSeconds(1);

    private enum Signal implements ReplicaMessage {
        LOG_READY,
        FETCH
    }

    private record FetchDone(
            @Nullable SnapshotFile file, @Nullable Throwable failure) implements ReplicaMessage {}

    private record InstallDone(@Nullable Throwable failure) implements ReplicaMessage {}

    private static final int LISTENERS_MAX = 10_000;

    private final ActorContext<ReplicaMessage> context;
    private final StashBuffer<ReplicaMessage> listeners;
    private final ReplicaParts parts;

    private ReplicaStart(
            ActorContext<ReplicaMessage> context, StashBuffer<ReplicaMessage> listeners, ReplicaParts parts) {
        this.context = context;
        this.listeners = listeners;
        this.parts = parts;
    }

    static Behavior<ReplicaMessage> create(ReplicaParts parts) {
        return Behaviors.setup(context ->
                Behaviors.withStash(LISTENERS_MAX, listeners -> new ReplicaStart(context, listeners, parts).next()));
    }

    private Behavior<ReplicaMessage> next() {
        var log = parts.log();
        var state = parts.state();
        if (state.needsSnapshot()) {
            context.getSelf().tell(Signal.FETCH);
            return awaiting(0);
        }
        var self = context.getSelf();
        if (!fits(log, state)) {
            LOG.info("A log is begun behind installed rows: group {}, index {}", parts.group(), state.appliedIndex());
            log.reset(log.hardState(), state.appliedIndex(), state.appliedTerm(), () -> self.tell(Signal.LOG_READY));
            return awaiting(0);
        }
        if (log.view().lastIndex() == 0 && !log.damaged()) {
            var first = Voters.of(parts.replicas()).firstEntry();
            log.persist(null, List.of(first), () -> self.tell(Signal.LOG_READY));
            return awaiting(0);
        }
        return listeners.unstashAll(ReplicaActor.create(parts));
    }

    /** Whether the log goes on from the rows, or reaches beyond them. */
    static boolean fits(ReplicaLog log, ReplicaState state) {
        var index = state.appliedIndex();
        return index <= log.view().lastIndex()
                && (index < log.view().firstIndex() - 1 || log.view().term(index) == state.appliedTerm());
    }

    private Behavior<ReplicaMessage> awaiting(int attempt) {
        return Behaviors.receiveMessage(message -> switch (message) {
            case Signal signal ->
                switch (signal) {
                    case LOG_READY -> next();
                    case FETCH -> {
                        fetch(attempt);
                        yield awaiting(attempt + 1);
                    }
                };
            case FetchDone done -> onFetched(done);
            case ReplicaMessage.Request request -> refuse(request);
            default -> Behaviors.same(); // ticks and messages of others: the core is not there yet
        });
    }

    /** @param close waits for the end of the install, which uses the stores; null if nobody wants that yet */
    private Behavior<ReplicaMessage> installing(ReplicaMessage.@Nullable Close close) {
        return Behaviors.receiveMessage(message -> switch (message) {
            case InstallDone done -> onInstalled(done.failure(), close);
            case ReplicaMessage.Close now -> close == null ? installing(now) : refuse(now);
            case ReplicaMessage.Request request -> refuse(request);
            default -> Behaviors.same();
        });
    }

    private Behavior<ReplicaMessage> onInstalled(@Nullable Throwable failure, ReplicaMessage.@Nullable Close close) {
        if (close != null) {
            if (failure != null) {
                LOG.info("An install was not finished before the close: group {}", parts.group(), failure);
            }
            return closed(close);
        }
        if (failure != null) {
            parts.halt().startAgain("Fetched rows could not be installed; the next start tries again.", failure);
            return Closed.create();
        }
        return next();
    }

    private static Behavior<ReplicaMessage> closed(ReplicaMessage.Close close) {
        close.result().complete(null);
        return Closed.create();
    }

    private Behavior<ReplicaMessage> refuse(ReplicaMessage.Request request) {
        switch (request) {
            case ReplicaMessage.Listen listen -> listeners.stash(listen);
            case ReplicaMessage.Close close -> {
                return closed(close);
            }
            default -> Closed.refuse(request);
        }
        return Behaviors.same();
    }

    private void fetch(int attempt) {
        var others = parts.others();
        var from = others.isEmpty() ? parts.self() : others.get(attempt % others.size());
        LOG.info("Rows are fetched anew: group {}, from node {}", parts.group(), from);
        context.pipeToSelf(
                parts.snapshots().fetch(from, parts.group(), parts.log().view().firstIndex() - 1), FetchDone::new);
    }

    private Behavior<ReplicaMessage> onFetched(FetchDone done) {
        var file = done.file();
        if (file == null || file.header().index() < parts.log().view().firstIndex() - 1) {
            LOG.warn("Rows could not be fetched, trying again: group {}", parts.group(), done.failure());
            context.scheduleOnce(FETCH_AGAIN, context.getSelf(), Signal.FETCH);
            return Behaviors.same();
        }
        context.pipeToSelf(
                CompletableFuture.runAsync(() -> install(file), parts.disk()),
                (nothing, failure) -> new InstallDone(failure));
        return installing(null);
    }

    private void install(SnapshotFile file) {
        try {
            parts.installer().install(file);
            Files.deleteIfExists(file.path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
