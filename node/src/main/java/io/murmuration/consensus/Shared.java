package io.murmuration.consensus;

import static io.murmuration.consensus.Invariant.check;

import java.util.List;

/**
 * What the parts of one replica share: term and vote, log, voters, commit index, time, and the step under way.
 *
 * <p>Invariants: the term never falls; the commit index never falls; no entry at or before the commit index is overwritten.
 */
final class Shared {
    final RaftOptions options;
    final long self;
    final RaftLog log;
    final VotersInForce voters;
    Step out = new Step(0);
    long nowMillis;
    long commitIndex;
    long appliedIndex;

    /** 0 if healthy. */
    long damage;

    private long term;
    private long votedFor;
    private long hardStateStep;
    private long persistedStep;

    Shared(RaftOptions options, HardState hardState, RaftLog log, VotersInForce voters) {
        this.options = options;
        this.self = options.self();
        this.log = log;
        this.voters = voters;
        this.term = hardState.term();
        this.votedFor = hardState.votedFor();
    }

    long term() {
        return term;
    }

    long votedFor() {
        return votedFor;
    }

    void enter(long newTerm, long newVote) {
        check(newTerm > term || (newTerm == term && votedFor == HardState.NOBODY), "terms grow and votes stay");
        term = newTerm;
        votedFor = newVote;
        hardStateStep = out.number;
        out.persist(new HardState(term, votedFor));
    }

    boolean hardStateDurable() {
        return persistedStep >= hardStateStep;
    }

    void append(List<Entry> entries) {
        check(entries.getFirst().index() > commitIndex, "committed entries are never overwritten");
        log.append(entries, out.number);
        voters.appended(entries);
        out.persist(entries);
    }

    void persisted(long step) {
        persistedStep = Math.max(persistedStep, step);
        log.persisted(step);
    }

    void commit(long index) {
        check(index <= log.lastIndex(), "what is committed is in the log");
        commitIndex = Math.max(commitIndex, index);
    }

    boolean isVoter() {
        return voters.now().voters().contains(self);
    }
}
