package io.murmuration.main;

import io.murmuration.journal.Journal.ReplicaStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** When a node is ready, and what it waits for until then. */
final class ReadinessRules {
    private static final int CATALOGUE = 0;
    private static final int NAMED_MAX = 5;

    private ReadinessRules() {}

    /**
     * A node is ready once each of its replicas knows a leader, and those that lead serve.
     *
     * @param replicas one for each group with a replica here
     * @param serving groups that this node serves, having applied the first entry of its term
     * @return one sentence, empty if ready
     */
    static Optional<String> waitingFor(List<ReplicaStatus> replicas, Set<Integer> serving, int reachable, int nodes) {
        var damaged = new ArrayList<Integer>();
        var leaderless = new ArrayList<Integer>();
        var unserved = new ArrayList<Integer>();
        for (var replica : replicas) {
            if (replica.role().equals("damaged")) {
                damaged.add(replica.group());
            } else if (replica.leader() == 0) {
                leaderless.add(replica.group());
            } else if (replica.role().equals("leader") && !serving.contains(replica.group())) {
                unserved.add(replica.group());
            }
        }
        if (!damaged.isEmpty()) {
            return Optional.of("Waiting for the other nodes to repair " + named(damaged) + heard(reachable, nodes));
        }
        if (!leaderless.isEmpty()) {
            return Optional.of("Waiting for a leader of " + named(leaderless) + heard(reachable, nodes));
        }
        if (!unserved.isEmpty()) {
            return Optional.of("Waiting to take office in " + named(unserved) + heard(reachable, nodes));
        }
        return replicas.isEmpty() ? Optional.of("Waiting for the replicas to start.") : Optional.empty();
    }

    private static String heard(int reachable, int nodes) {
        return nodes == 1 ? "." : "; " + reachable + " of " + nodes + " nodes are heard.";
    }

    private static String named(List<Integer> groups) {
        var shards = groups.stream().filter(group -> group != CATALOGUE).toList();
        var names = new ArrayList<String>();
        if (groups.contains(CATALOGUE)) {
            names.add("the catalogue");
        }
        if (shards.size() > NAMED_MAX) {
            names.add(shards.size() + " shards");
        } else if (!shards.isEmpty()) {
            names.add((shards.size() == 1 ? "shard " : "shards ")
                    + shards.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        return String.join(" and ", names);
    }
}
