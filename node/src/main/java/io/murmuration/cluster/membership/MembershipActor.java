package io.murmuration.cluster.membership;

import io.murmuration.base.Clock;
import io.murmuration.cluster.Leadership;
import io.murmuration.cluster.Links;
import io.murmuration.cluster.membership.MembershipRules.Action;
import io.murmuration.cluster.membership.MembershipRules.Standing;
import io.murmuration.cluster.membership.MembershipRules.View;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ClusterEvent.MemberDowned;
import org.apache.pekko.cluster.ClusterEvent.MemberRemoved;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.Leave;
import org.apache.pekko.cluster.typed.Subscribe;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the other nodes for their reports, again and again, and does what {@link MembershipRules} says.
 *
 * <p>Owner: {@link Membership}. Failure: a question without an answer is asked again.
 */
final class MembershipActor {
    private static final Logger LOG = LoggerFactory.getLogger(MembershipActor.class);
    private static final Duration LOOK_WHILE_OUT = Duration.ofMillis(100);
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** As soon as a node that is gone may be taken out. */
    private static final Duration AFTER_END = Duration.ofMillis(MembershipRules.ENDED_MILLIS + 1);

    private static final Duration ANSWER_MAX = Duration.ofSeconds(1);

    /** What a join takes on a busy machine; Pekko goes on with the one it is at. */
    private static final long JOIN_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final int CATALOGUE = 0;

    sealed interface Message {}

    record LeaveCluster() implements Message {}

    private record Look() implements Message {}

    private record Lost(long node) implements Message {}

    private record TakenOut(String address) implements Message {}

    private record Removed(String address) implements Message {}

    private record Reported(long node, long round, @Nullable MemberReport report) implements Message {}

    private final ActorContext<Message> context;
    private final TimerScheduler<Message> timers;
    private final Cluster cluster;
    private final Links links;
    private final Leadership leadership;
    private final Runnable startAgain;
    private final Clock clock;
    private final Set<String> takenOut;
    private final Map<Long, MemberReport> reports = new HashMap<>();
    private final Set<Long> asked = new HashSet<>();
    private final Map<Long, Long> silent = new HashMap<>();
    private final Map<Long, Long> endedNanos = new HashMap<>();
    private Set<String> known = Set.of();
    private long round;
    private boolean wasIn;
    private boolean leaving;
    private long joiningSince;
    private boolean joining;
    private long asideSince;
    private boolean aside;

    private MembershipActor(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            Links links,
            Leadership leadership,
            Runnable startAgain,
            Clock clock) {
        this.context = context;
        this.timers = timers;
        this.cluster = Cluster.get(context.getSystem());
        this.takenOut = MemberFailureDetector.takenOut(
                Adapter.toClassic(context.getSystem()).eventStream());
        this.links = links;
        this.leadership = leadership;
        this.startAgain = startAgain;
        this.clock = clock;
    }

    static Behavior<Message> create(Links links, Leadership leadership, Runnable startAgain, Clock clock) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var self = context.getSelf();
            links.onLost(node -> self.tell(new Lost(node)));
            timers.startSingleTimer(new Look(), Duration.ZERO);
            var events = Cluster.get(context.getSystem()).subscriptions();
            events.tell(Subscribe.create(
                    context.messageAdapter(
                            MemberDowned.class,
                            event -> new TakenOut(event.member().address().toString())),
                    MemberDowned.class));
            events.tell(Subscribe.create(
                    context.messageAdapter(
                            MemberRemoved.class,
                            event -> new Removed(event.member().address().toString())),
                    MemberRemoved.class));
            return new MembershipActor(context, timers, links, leadership, startAgain, clock).behavior();
        }));
    }

    private Behavior<Message> behavior() {
        return Behaviors.receiveMessage(message -> {
            switch (message) {
                case Look look -> look();
                case Reported reported -> noted(reported);
                case Lost lost -> {
                    if (silent.getOrDefault(lost.node(), Long.MAX_VALUE) <= MembershipRules.UNHEARD_MILLIS) {
                        endedNanos.put(lost.node(), clock.nanos());
                        timers.startSingleTimer(AFTER_END, new Look(), AFTER_END);
                    }
                }
                case TakenOut out -> {
                    takenOut.add(out.address());
                    if (out.address().equals(cluster.selfMember().address().toString())) {
                        look(); // others do its work from now on
                    }
                }
                case Removed removed -> takenOut.remove(removed.address());
                case LeaveCluster leave -> {
                    leaving = true;
                    cluster.manager().tell(new Leave(cluster.selfMember().address()));
                }
            }
            return Behaviors.same();
        });
    }

    private void look() {
        var members = Members.others(cluster);
        if (!known.containsAll(members.keySet())) {
            // what was told before a process joined may be of the one that it replaces
            reports.clear();
            round++;
        }
        known = members.keySet();
        long asking = round;
        for (long node : links.nodes()) {
            if (node != links.self() && asked.add(node)) {
                context.pipeToSelf(
                        links.call(node, Links.Channel.MEMBERSHIP, new byte[0], ANSWER_MAX)
                                .thenApply(MemberReport::decode),
                        (report, failure) -> new Reported(node, asking, report));
            }
        }
        var view = view(members);
        noteAside(view);
        if (!leaving) {
            MembershipRules.next(view).ifPresent(this::act);
        }
        timers.startSingleTimer(new Look(), view.standing() == Standing.OUT ? LOOK_WHILE_OUT : LOOK);
    }

    private void noted(Reported reported) {
        asked.remove(reported.node());
        if (reported.report() == null || reported.round() != round) {
            reports.remove(reported.node());
        } else {
            reports.put(reported.node(), reported.report());
        }
    }

    private View view(Map<String, Long> members) {
        for (long node : links.nodes()) {
            if (node != links.self()) {
                silent.put(node, links.silentMillis(node));
            }
        }
        long asideNanos = aside ? clock.nanos() - asideSince : 0;
        return new View(
                links.self(),
                leadership.leaderOf(CATALOGUE),
                standing(),
                Map.copyOf(silent),
                ended(),
                Map.copyOf(reports),
                members,
                TimeUnit.NANOSECONDS.toMillis(asideNanos));
    }

    private Map<Long, Long> ended() {
        var ended = new HashMap<Long, Long>();
        endedNanos.forEach((node, nanos) -> ended.put(node, TimeUnit.NANOSECONDS.toMillis(clock.nanos() - nanos)));
        ended.entrySet().removeIf(node -> silent.getOrDefault(node.getKey(), Long.MAX_VALUE) < node.getValue());
        endedNanos.keySet().retainAll(ended.keySet());
        return ended;
    }

    private Standing standing() {
        var status = cluster.selfMember().status();
        if (status.equals(MemberStatus.down()) || (wasIn && status.equals(MemberStatus.removed()))) {
            return Standing.GONE;
        }
        wasIn = !status.equals(MemberStatus.removed());
        return wasIn ? Standing.IN : Standing.OUT;
    }

    private void noteAside(View view) {
        boolean now =
                MembershipRules.isAside(view, cluster.selfMember().address().toString());
        if (now && !aside) {
            asideSince = clock.nanos();
        }
        aside = now;
    }

    private void act(Action action) {
        switch (action) {
            case Action.Join join -> join(join.address());
            case Action.Form form -> join(cluster.selfMember().address().toString());
            case Action.TakeOut out ->
                out.addresses().forEach(address -> {
                    LOG.info("A node's actor system does not answer and is taken out. address={}", address);
                    cluster.manager().tell(new Down(AddressFromURIString.parse(address)));
                });
            case Action.StartAgain again -> startAgain.run();
        }
    }

    private void join(String address) {
        long now = clock.nanos();
        if (!joining || now - joiningSince > JOIN_AGAIN_NANOS) {
            joining = true;
            joiningSince = now;
            cluster.manager().tell(new Join(AddressFromURIString.parse(address)));
        }
    }
}
