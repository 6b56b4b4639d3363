package io.murmuration.consensus;

import java.util.Collection;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Who votes in a group, and who only listens. It is the payload of an entry of kind {@link Entry.Kind#VOTERS}; the first voter set is
 * entry 1 of every log.
 *
 * @param voters node ids whose votes and acknowledgements count; never empty
 * @param learners node ids that receive the log and count for nothing (dissertation, section 4.2.1)
 */
public record Voters(NavigableSet<Long> voters, NavigableSet<Long> learners) {
    public Voters {
        voters = Collections.unmodifiableNavigableSet(new TreeSet<>(voters));
        learners = Collections.unmodifiableNavigableSet(new TreeSet<>(learners));
        if (voters.isEmpty() || learners.stream().anyMatch(voters::contains)) {
            throw new IllegalArgumentException("a voter set has voters, and none of them is a learner");
        }
    }

    public static Voters of(Collection<Long> voters) {
        return new Voters(new TreeSet<>(voters), Collections.emptyNavigableSet());
    }

    /**
     * The entry that formatting writes into every log of a new group. It is of term 1, in which nobody campaigns: all replicas begin with it, so
     * it needs no leader to be agreed upon.
     */
    public Entry firstEntry() {
        return new Entry(1, 1, Entry.Kind.VOTERS, VotersCodec.encode(this));
    }

    int majority() {
        return voters.size() / 2 + 1;
    }
}
