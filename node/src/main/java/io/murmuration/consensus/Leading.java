package io.murmuration.consensus;

import io.murmuration.consensus.Message.Append;
import io.murmuration.consensus.Message.AppendReply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * A replica's time as the leader of one term: replication, commitment, reads.
 *
 * <p>Invariants: it appends only; entries are committed by counting only if they are of its own term (section 3.6.2); it counts itself by what
 * is durable here, others by what they said is durable there, damaged ones not at all.
 * <p>Limits: those of {@link RaftOptions}. The voter set stays as it was when the term opened: no input changes it while leading.
 */
final class Leading {
    private final Shared shared;
    private final SortedMap<Long, Follower> followers = new TreeMap<>();
    private final Voters voters;
    private final Reads reads = new Reads();
    private final Handover handover = new Handover();
    private final Backlog backlog = new Backlog();
    private final long termOpenedIndex;
    private final long sinceMillis;
    private long round;
    private long roundMillis;
    private long durableSeen;
    private long durableMillis;

    private Leading(Shared shared) {
        this.shared = shared;
        this.voters = shared.voters.now();
        this.termOpenedIndex = shared.log.lastIndex() + 1;
        this.sinceMillis = shared.nowMillis;
        this.durableMillis = shared.nowMillis;
        addFollowers(voters.voters());
        addFollowers(voters.learners());
    }

    /** Opens the term with an empty entry, so that what earlier terms left behind can commit (section 6.4). */
    static Leading open(Shared shared) {
        var leading = new Leading(shared);
        shared.append(List.of(new Entry(leading.termOpenedIndex, shared.term(), Entry.Kind.TERM_OPENED, new byte[0])));
        leading.beginRound();
        return leading;
    }

    boolean serving() {
        return shared.appliedIndex >= termOpenedIndex;
    }

    /**
     * Time has passed. False if the leader has lost touch with the majority and must step down (check quorum, section 6.2), or with its own disk: then it could
     * answer nobody, while others could. It cannot win again before its disk does, which its requests for votes wait for.
     */
    boolean tick() {
        var now = shared.nowMillis;
        if (voters.majority() > 1 && isDiskStalled()) {
            return false;
        }
        if (now - sinceMillis >= shared.options.electionTimeoutMinMillis() && !hearsMajority()) {
            return false;
        }
        handover.expire(now);
        if (now - roundMillis >= shared.options.heartbeatMillis()) {
            beginRound();
        }
        return true;
    }

    private boolean isDiskStalled() {
        var durable = shared.log.durableIndex();
        if (durable == shared.log.lastIndex() || durable != durableSeen) {
            durableSeen = durable;
            durableMillis = shared.nowMillis;
        }
        return shared.nowMillis - durableMillis >= shared.options.electionTimeoutMaxMillis();
    }

    void propose(List<byte[]> payloads) {
        var log = shared.log;
        if (payloads.isEmpty() || handover.underWay()) {
            shared.out.proposed(Effects.Proposed.refused(shared.term()));
            return;
        }
        if (!hasRoomFor(payloads)) {
            shared.out.proposed(Effects.Proposed.full(shared.term()));
            return;
        }
        var firstIndex = log.lastIndex() + 1;
        var entries = new ArrayList<Entry>(payloads.size());
        for (var payload : payloads) {
            entries.add(new Entry(firstIndex + entries.size(), shared.term(), Entry.Kind.COMMAND, payload));
        }
        shared.append(entries);
        backlog.proposed(log.lastIndex(), bytes(payloads));
        shared.out.proposed(Effects.Proposed.accepted(firstIndex, shared.term()));
        // Followers get the entries while they are still being written here (section 10.2.1).
        followers.values().forEach(this::replicate);
    }

    private boolean hasRoomFor(List<byte[]> payloads) {
        var done = Math.min(shared.commitIndex, shared.log.durableIndex());
        backlog.done(done);
        return shared.log.lastIndex() - done + payloads.size() <= shared.options.uncommittedMax()
                && backlog.hasRoomFor(bytes(payloads), shared.options.uncommittedBytesMax());
    }

    private static long bytes(List<byte[]> payloads) {
        return payloads.stream().mapToLong(payload -> payload.length).sum();
    }

    void read(long readId) {
        if (reads.size() >= shared.options.readsMax()) {
            shared.out.refuse(readId);
            return;
        }
        if (voters.majority() == 1) {
            shared.out.release(readId, readIndex());
            return;
        }
        reads.arrived(readId);
        if (!reads.riding()) {
            beginRound();
        }
    }

    void replied(AppendReply reply) {
        var follower = followers.get(reply.from());
        if (follower == null || !settleDamage(follower, reply)) {
            return;
        }
        follower.heard(shared.nowMillis, reply.round());
        if (reply.accepted()) {
            if (reply.matchIndex() > shared.log.lastIndex()) {
                return; // it fetched the state of a newer leader: this one's time is over, though it has not heard of
                // it
            }
            follower.accepted(reply.matchIndex(), shared.log.firstIndex());
        } else {
            refused(follower, reply);
        }
        advance();
        replicate(follower);
        confirmReads();
        cure(follower);
        handOver();
    }

    /** See {@link Raft#neededIndex}. */
    long neededIndex() {
        var silenceMax = shared.options.electionTimeoutMinMillis();
        return followers.values().stream()
                .mapToLong(follower -> follower.neededIndex(shared.nowMillis, silenceMax))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Entries became durable here: the leader counts itself. */
    void persisted() {
        advance();
    }

    void transfer(long to) {
        var follower = followers.get(to);
        if (follower != null && voters.voters().contains(to) && follower.healthy()) {
            handover.begin(to, shared.nowMillis + shared.options.electionTimeoutMinMillis());
            replicate(follower);
            handOver();
        }
    }

    void close() {
        reads.refuseAll(shared.out);
    }

    private void addFollowers(Collection<Long> ids) {
        for (var id : ids) {
            if (id != shared.self) {
                followers.put(id, new Follower(id, termOpenedIndex, shared.nowMillis));
            }
        }
    }

    /**
     * The lower bound makes a read at a fresh leader wait until the term's first entry is applied. That entry lies behind all that
     * earlier terms acknowledged, which the commit index known here may not yet cover.
     */
    private long readIndex() {
        return Math.max(shared.commitIndex, termOpenedIndex);
    }

    private void beginRound() {
        round++;
        roundMillis = shared.nowMillis;
        reads.begin(round, readIndex());
        followers.values().forEach(this::heartbeat);
    }

    private void confirmReads() {
        reads.confirmed(reachedByMajority(round, Follower::answeredRound), shared.out);
        if (reads.waiting() && !reads.riding()) {
            beginRound();
        }
    }

    private void heartbeat(Follower follower) {
        if (follower.next() < shared.log.firstIndex()) {
            var index = shared.log.firstIndex() - 1;
            follower.awaitSnapshot(index);
            shared.out.send(new Message.SnapshotOffer(
                    shared.self, follower.id, shared.term(), index, shared.log.term(index), round));
        } else {
            sendAppend(follower, List.of());
        }
    }

    private void replicate(Follower follower) {
        var options = shared.options;
        var log = shared.log;
        while (follower.mayTake(options.inFlightAppendsMax()) && follower.next() <= log.lastIndex()) {
            if (follower.next() < log.firstIndex()) {
                heartbeat(follower);
                return;
            }
            var entries = log.entries(follower.next(), log.lastIndex(), options.appendBytesMax());
            sendAppend(follower, entries);
            follower.sent(entries.getLast().index(), weight(entries));
        }
        // One that has everything learns of the commit at once and not with the next heartbeat, for the readers of its
        // rows.
        if (follower.mode() == Follower.Mode.REPLICATE
                && follower.idle()
                && follower.commitSent() < shared.commitIndex) {
            sendAppend(follower, List.of());
        }
    }

    private int weight(List<Entry> entries) {
        var bytes = entries.stream().mapToLong(entry -> entry.payload().length).sum();
        return (int) Math.max(1, Math.ceilDiv(bytes, shared.options.appendBytesMax()));
    }

    private void sendAppend(Follower follower, List<Entry> entries) {
        var previous = follower.next() - 1;
        shared.out.send(new Append(
                shared.self,
                follower.id,
                shared.term(),
                previous,
                shared.log.term(previous),
                entries,
                shared.commitIndex,
                round));
        follower.commitSent(shared.commitIndex);
    }

    private void refused(Follower follower, AppendReply reply) {
        if (follower.refusalIsNews(reply.matchIndex())) {
            var limit = Math.min(reply.matchIndex(), shared.log.lastIndex());
            var moved = follower.probe(shared.log.lastWithTermAtMost(reply.hintTerm(), limit) + 1);
            if (moved || follower.next() < shared.log.firstIndex()) {
                heartbeat(follower);
            }
        }
    }

    private void advance() {
        var agreed = reachedByMajority(shared.log.durableIndex(), Follower::match);
        if (agreed > shared.commitIndex && shared.log.term(agreed) == shared.term()) {
            shared.commit(agreed);
            followers.values().forEach(this::replicate);
        }
    }

    /** The highest value that a majority of the voters has reached. */
    private long reachedByMajority(long own, ToLongFunction<Follower> reached) {
        var values = voters.voters().stream()
                .mapToLong(id -> id == shared.self ? own : countedOrNone(follower(id), reached))
                .sorted()
                .toArray();
        return values[values.length - voters.majority()];
    }

    private static long countedOrNone(Follower follower, ToLongFunction<Follower> reached) {
        return follower.healthy() ? reached.applyAsLong(follower) : 0;
    }

    private boolean hearsMajority() {
        var since = shared.nowMillis - shared.options.electionTimeoutMinMillis();
        return reachedByMajority(1, follower -> follower.heardMillis() > since ? 1 : 0) == 1;
    }

    private Follower follower(long id) {
        return Objects.requireNonNull(followers.get(id), "every voter is followed");
    }

    /**
     * Notes that a replica is damaged, or healthy again. False for what it said before the damage that is known: that counts for nothing. Numbers
     * have no order, but an answer to a round that began after a damage was seen was given after it.
     */
    private boolean settleDamage(Follower follower, AppendReply reply) {
        if (reply.damage() == follower.damage()) {
            return true;
        }
        if (!follower.healthy() && reply.round() < follower.damageRound()) {
            return false;
        }
        if (reply.damage() == 0) {
            follower.cured();
        } else {
            follower.damaged(reply.damage(), round + 1, shared.log.lastIndex());
            beginRound();
        }
        return true;
    }

    /** Rule 9 of docs/safety.md. */
    private void cure(Follower follower) {
        if (follower.healthy() || !follower.refilled()) {
            return;
        }
        var healthy = 1;
        for (var id : voters.voters()) {
            if (id == shared.self || id == follower.id) {
                continue;
            }
            if (follower(id).answeredRound() < follower.damageRound()) {
                return;
            }
            healthy += follower(id).healthy() ? 1 : 0;
        }
        if (healthy >= voters.majority()) {
            shared.out.send(new Message.Cured(shared.self, follower.id, shared.term(), follower.damage()));
        }
    }

    private void handOver() {
        var follower = followers.get(handover.to());
        if (follower != null && follower.match() == shared.log.lastIndex()) {
            shared.out.send(new Message.CampaignNow(shared.self, follower.id, shared.term()));
        }
    }
}
