package io.murmuration.consensus;

import java.util.List;

/**
 * What replicas of one group say to each other. The shell adds the group and carries it; any message may be lost, delayed, reordered or
 * doubled. {@code term} is the sender's, except in pre-votes, where it is the term that the sender would campaign in.
 */
public sealed interface Message {
    long from();

    long to();

    long term();

    /**
     * Asks for a vote (section 3.4), or with {@code pre} whether a vote would be given (section 9.6).
     *
     * @param life a number that the candidate drew at its start, and that comes back in the reply: a vote given to an earlier life, of which
     *     it may have lost the memory, does not count (docs/safety.md, rule 9)
     */
    record VoteRequest(
            long from, long to, long term, boolean pre, long lastIndex, long lastTerm, boolean transfer, long life)
            implements Message {}

    record VoteReply(long from, long to, long term, boolean pre, boolean granted, long life) implements Message {}

    /**
     * Entries after {@code previousIndex}, none for a heartbeat (section 3.5). {@code round} numbers the leader's heartbeat rounds for
     * reads (section 6.4) and comes back in the reply.
     */
    record Append(
            long from,
            long to,
            long term,
            long previousIndex,
            long previousTerm,
            List<Entry> entries,
            long commitIndex,
            long round)
            implements Message {}

    /**
     * Answers {@link Append} and ends a {@link SnapshotOffer}.
     *
     * @param matchIndex if accepted, all up to here is durable on the sender and equal to the leader's log; if not, a hint where the leader
     *     should look for agreement (section 3.5's optimisation by term)
     * @param hintTerm if refused, the term of the sender's entry at {@code matchIndex}
     * @param damage 0, or the number a damaged replica drew at its start: until cured it counts for no quorum (docs/safety.md)
     */
    record AppendReply(
            long from, long to, long term, boolean accepted, long matchIndex, long hintTerm, long round, long damage)
            implements Message {}

    /** Tells a follower that what it lacks is truncated: it shall fetch the leader's state at or after {@code index} (chapter 5). */
    record SnapshotOffer(long from, long to, long term, long index, long indexTerm, long round) implements Message {}

    /** Tells a damaged replica that it holds everything it may ever have acknowledged and votes again (docs/safety.md). */
    record Cured(long from, long to, long term, long damage) implements Message {}

    /** Asks a follower to campaign at once (section 3.10). */
    record CampaignNow(long from, long to, long term) implements Message {}
}
