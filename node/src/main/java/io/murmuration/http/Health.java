package io.murmuration.http;

import java.util.List;

/**
 * A node's own view of itself and its peers.
 *
 * @param live true: it answers
 * @param ready its groups know their leaders, and it serves those it leads
 * @param waitingFor one sentence, empty when ready
 * @param diskBytes what its part of the data folder takes
 * @param isolation how functions are kept apart on it, in words
 */
public record Health(
        boolean live,
        boolean ready,
        String waitingFor,
        int node,
        long nodeId,
        String clusterId,
        String version,
        long uptimeMillis,
        long diskBytes,
        String isolation,
        List<Member> members,
        List<Group> groups) {

    /** @param silentMillis since anything was heard from it, -1 if never */
    public record Member(int node, long nodeId, long silentMillis, boolean reachable) {}

    /**
     * One replication group, as this node's replica sees it; group 0 is the catalogue.
     *
     * @param leader node id, 0 if unknown
     * @param leaderNode its number, 0 if unknown
     * @param lag entries known to be committed and not yet applied here
     */
    public record Group(
            int group,
            String role,
            long leader,
            int leaderNode,
            long term,
            long commitIndex,
            long appliedIndex,
            long lag) {}
}
