package io.murmuration.consensus;

import java.util.SortedSet;

/**
 * Who votes in a group, and who only listens. It is the payload of an entry of kind {@link Entry.Kind#VOTERS}; the first voter set is
 * entry 1 of every log.
 *
 * @param voters node ids whose votes and acknowledgements count; never empty
 * @param learners node ids that receive the log and count for nothing (dissertation, section 4.2.1)
 */
public record Voters(SortedSet<Long> voters, SortedSet<Long> learners) {}
