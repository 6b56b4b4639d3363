package io.murmuration.cluster.membership;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who joins whom, and who is taken out. */
final class MembershipRules {
    /** Silence after which a member is taken out. Above the pauses of a busy machine, and of somebody who looks at a process with a debugger. */
    static final long SILENT_MILLIS = 15_000;

    /** The same, where the connection had ended under a node that was heard until then: as it does when a process ends. */
    static final long ENDED_MILLIS = 1_000;

    /** Silence after which nobody waits for what a node would say. */
    static final long UNHEARD_MILLIS = 2_000;

    /** How long a node is left out of the leader's cluster before it starts again. Above what a join takes. */
    static final long ASIDE_MILLIS = 5_000;

    private MembershipRules() {}

    /** Where this process stands. */
    enum Standing {
        /** In no cluster yet. */
        OUT,
        /** A member, or about to be. */
        IN,
        /** Taken out: this process cannot join again. */
        GONE
    }

    /**
     * What a node knows.
     *
     * @param leader of the catalogue's group, 0 if unknown
     * @param silent milliseconds for each other node, none missing
     * @param ended nodes whose connection ended while they were heard, and that were not heard since; milliseconds since then
     * @param reports of the other nodes, the last of each, asked for since the last member was met; none of a node that did not answer
     * @param members of this node's cluster besides itself: the node of each address
     * @param asideMillis since when the leader is in a cluster without this node; 0 if it is not so
     */
    record View(
            long self,
            long leader,
            Standing standing,
            Map<Long, Long> silent,
            Map<Long, Long> ended,
            Map<Long, MemberReport> reports,
            Map<String, Long> members,
            long asideMillis) {}

    sealed interface Action {
        record Join(String address) implements Action {}

        /** Become the first member of a new cluster. */
        record Form() implements Action {}

        record TakeOut(Set<String> addresses) implements Action {}

        record StartAgain() implements Action {}
    }

    /** Empty if there is nothing to do now. */
    static Optional<Action> next(View view) {
        return switch (view.standing()) {
            case GONE -> Optional.of(new Action.StartAgain());
            case OUT -> entrance(view);
            case IN -> view.self() == view.leader() ? removal(view) : doubt(view);
        };
    }

    /** Whether the leader is in a cluster that this node, also in one, does not belong to. */
    static boolean isAside(View view, String address) {
        var leaders = view.reports().get(view.leader());
        return view.standing() == Standing.IN
                && leaders != null
                && leaders.member()
                && !leaders.members().contains(address);
    }

    private static Optional<Action> entrance(View view) {
        var leaders = view.reports().get(view.leader());
        if (leaders != null && leaders.member()) {
            return Optional.of(new Action.Join(leaders.address()));
        }
        if (view.self() == view.leader()) {
            for (var report : new TreeMap<>(view.reports()).values()) {
                if (report.member()) {
                    return Optional.of(new Action.Join(report.address()));
                }
            }
            return heardFromAll(view) ? Optional.of(new Action.Form()) : Optional.empty();
        }
        return Optional.empty();
    }

    private static boolean heardFromAll(View view) {
        return view.silent().entrySet().stream()
                .allMatch(node ->
                        node.getValue() > UNHEARD_MILLIS || view.reports().containsKey(node.getKey()));
    }

    /** Members whose process is another one now, or whose node is silent. */
    private static Optional<Action> removal(View view) {
        var gone = view.members().entrySet().stream()
                .filter(member -> isGone(view, member.getKey(), member.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
        return gone.isEmpty() ? Optional.empty() : Optional.of(new Action.TakeOut(gone));
    }

    private static boolean isGone(View view, String address, long node) {
        var report = view.reports().get(node);
        return (report != null && !report.address().equals(address))
                || view.ended().getOrDefault(node, 0L) > ENDED_MILLIS
                || view.silent().getOrDefault(node, Long.MAX_VALUE) > SILENT_MILLIS;
    }

    private static Optional<Action> doubt(View view) {
        return view.asideMillis() > ASIDE_MILLIS ? Optional.of(new Action.StartAgain()) : Optional.empty();
    }
}
