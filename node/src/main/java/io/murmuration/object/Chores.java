package io.murmuration.object;

import io.murmuration.cluster.Leadership.OfficeChange;
import io.murmuration.journal.Journal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * What there is to do behind the requests for one group, while this node leads it: each chore again and again, one step at a time.
 *
 * <p>Owner: {@link ObjectNode} starts one for each group that the node replicates.
 * <p>Invariants: a step of an earlier term changes nothing here; one step of each chore runs at a time. Steps may be repeated, and run on another
 * node at once: what they do is decided by the group's index.
 * <p>Failure: a step that fails is made again after the pause.
 */
final class Chores {
    /**
     * One of them.
     *
     * @param step completes with whether there is more to do at once
     */
    record Chore(String name, Supplier<CompletionStage<Boolean>> step) {}

    sealed interface Message {}

    private record Office(OfficeChange change) implements Message {}

    /** There may be something to do of the first chore. */
    record Look() implements Message {}

    private record Due(int chore) implements Message {}

    private record Stepped(
            long term,
            int chore,
            @Nullable Boolean more,
            @Nullable Throwable failure) implements Message {}

    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final int group;
    private final List<Chore> chores;
    private final Duration pause;
    private final boolean[] running;
    private final boolean[] again;
    private long term;

    private Chores(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            int group,
            List<Chore> chores,
            Duration pause) {
        this.context = context;
        this.timers = timers;
        this.group = group;
        this.chores = chores;
        this.pause = pause;
        this.running = new boolean[chores.size()];
        this.again = new boolean[chores.size()];
    }

    static Behavior<Message> create(int group, Journal journal, List<Chore> chores, Duration pause) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var self = context.getSelf();
            journal.onOffice(change -> {
                if (change.group() == group) {
                    self.tell(new Office(change));
                }
            });
            return new Chores(context, timers, group, chores, pause).behavior();
        }));
    }

    /** Chores of the node, whatever it leads. */
    static Behavior<Message> always(List<Chore> chores, Duration pause) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var all = new Chores(context, timers, 0, chores, pause);
            all.term = 1;
            all.all();
            return all.behavior();
        }));
    }

    private Behavior<Message> behavior() {
        return Behaviors.receiveMessage(message -> {
            switch (message) {
                case Office office -> onOffice(office.change());
                case Look look -> begin(0);
                case Due due -> begin(due.chore());
                case Stepped stepped -> onStepped(stepped);
            }
            return Behaviors.same();
        });
    }

    private void onOffice(OfficeChange change) {
        timers.cancelAll();
        term = change.serving() ? change.term() : 0;
        for (int chore = 0; chore < chores.size(); chore++) {
            running[chore] = false;
            again[chore] = false;
        }
        all();
    }

    private void all() {
        for (int chore = 0; chore < chores.size(); chore++) {
            begin(chore);
        }
    }

    private void begin(int chore) {
        if (term == 0) {
            return;
        }
        if (running[chore]) {
            again[chore] = true;
            return;
        }
        running[chore] = true;
        again[chore] = false;
        timers.cancel(chore);
        long now = term;
        context.pipeToSelf(step(chores.get(chore)), (more, failure) -> new Stepped(now, chore, more, failure));
    }

    private static CompletionStage<Boolean> step(Chore chore) {
        try {
            return chore.step().get();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private void onStepped(Stepped stepped) {
        if (stepped.term() != term) {
            return;
        }
        int chore = stepped.chore();
        running[chore] = false;
        if (stepped.failure() != null) {
            context.getLog()
                    .info(
                            "A chore of object storage was not done and will be later: {}, group {}",
                            chores.get(chore).name(),
                            group,
                            stepped.failure());
        } else if (Boolean.TRUE.equals(stepped.more()) || again[chore]) {
            begin(chore);
            return;
        }
        timers.startSingleTimer(chore, new Due(chore), pause);
    }
}
