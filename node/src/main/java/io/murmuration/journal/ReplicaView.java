package io.murmuration.journal;

import io.murmuration.consensus.Effects.Role;

/** What any thread may know of a replica, as of its latest step. */
record ReplicaView(
        Role role,
        boolean damaged,
        long term,
        long leader,
        boolean serving,
        long commitIndex,
        long appliedIndex,
        long lastIndex,
        long staleMillis) {
    static ReplicaView starting(boolean damaged, long appliedIndex, long lastIndex) {
        return new ReplicaView(
                Role.FOLLOWER, damaged, 0, 0, false, appliedIndex, appliedIndex, lastIndex, Long.MAX_VALUE);
    }

    Journal.ReplicaStatus status(int group) {
        return new Journal.ReplicaStatus(
                group,
                damaged ? "damaged" : roleName(),
                term,
                leader,
                commitIndex,
                appliedIndex,
                lastIndex,
                Math.max(0, commitIndex - appliedIndex));
    }

    private String roleName() {
        return switch (role) {
            case FOLLOWER -> "follower";
            case PRE_CANDIDATE, CANDIDATE -> "candidate";
            case LEADER -> "leader";
        };
    }
}
