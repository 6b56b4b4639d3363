package io.murmuration.consensus;

import static io.murmuration.consensus.Invariant.check;

import io.murmuration.consensus.Effects.Role;
import io.murmuration.consensus.Message.VoteReply;
import io.murmuration.consensus.Message.VoteRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One replica of one group: a state machine that takes an input and says what must be done.
 *
 * <p>No clock, no randomness, no thread: they are inputs. One thread at a time may use it.
 *
 * <p>Transitions: a {@code FOLLOWER} that hears no leader for an election timeout becomes {@code PRE_CANDIDATE}; with the consent of a majority,
 * or told to by its leader, {@code CANDIDATE} of the next term; with the votes of a majority {@code LEADER}. From anywhere back to
 * {@code FOLLOWER}: a higher term, a leader of its own term, and for a leader the loss of the majority.
 * <p>Invariants: see {@link Shared} and {@link Leading}; a damaged replica stays follower and grants no vote (docs/safety.md).
 */
public final class Raft {
    private final Shared shared;
    private final Following following;
    private final Jitter jitter;
    private final long life;
    private final Freshness freshness;
    private Role role = Role.FOLLOWER;
    private long leader = HardState.NOBODY;
    private long leaderHeardMillis = Long.MIN_VALUE;
    private long campaignMillis;
    private boolean hasHeardLeader;
    private @Nullable Leading leading;
    private @Nullable Tally tally;

    private Raft(Shared shared, long seed) {
        this.shared = shared;
        this.following = new Following(shared);
        this.jitter = new Jitter(seed);
        this.life = seed;
        this.freshness = new Freshness(shared.appliedIndex);
        this.hasHeardLeader = !shared.options.firstToCampaign();
    }

    /**
     * A replica as it comes up.
     *
     * @param hardState as last persisted; {@link HardState#NEW} for a damaged or new replica
     * @param log the durable log; holds at least the entry with the first voter set, or starts after {@code appliedIndex}
     * @param voters in force at {@code appliedIndex}, null if only the log says. A damaged replica that lost its log is given the first voter set
     * @param appliedIndex index of the last entry that the rows contain; at least {@code log.firstIndex() - 1}, at most {@code log.lastIndex()}
     * @param damage 0 if healthy, else a random number drawn for this start (docs/safety.md, Damage)
     * @param nowMillis as in {@link Input.Tick}
     * @param seed of the election jitter, and the number of this life; differs between replicas and their starts
     */
    public static Raft start(
            RaftOptions options,
            HardState hardState,
            LogView log,
            @Nullable Voters voters,
            long appliedIndex,
            long damage,
            long nowMillis,
            long seed) {
        check(
                appliedIndex >= log.firstIndex() - 1 && appliedIndex <= log.lastIndex(),
                "rows and log of a started replica meet");
        var raftLog = new RaftLog(log, options.tailBytesMax());
        var votersInForce = new VotersInForce(voters, appliedIndex, raftLog);
        // Formatting leaves a log of term 1 without any vote: nobody may campaign in that term.
        var term = raftLog.lastTerm();
        var known = hardState.term() >= term ? hardState : new HardState(term, HardState.NOBODY);
        var shared = new Shared(options, known, raftLog, votersInForce);
        shared.nowMillis = nowMillis;
        shared.commitIndex = appliedIndex;
        shared.appliedIndex = appliedIndex;
        shared.damage = damage;
        var raft = new Raft(shared, seed);
        raft.awaitLeader();
        if (options.firstToCampaign()) {
            raft.campaignMillis = nowMillis + raft.jitter.below(options.heartbeatMillis());
        }
        return raft;
    }

    /** Takes one input. The effects are to be carried out before the next one. */
    public Effects step(Input input) {
        var before = office();
        shared.out = new Step(shared.out.number + 1);
        switch (input) {
            case Input.Tick tick -> tick(tick.nowMillis());
            case Input.Received received -> receive(received.message());
            case Input.Propose propose -> propose(propose.payloads());
            case Input.Persisted persisted -> persisted(persisted.step());
            case Input.Read read -> read(read.readId());
            case Input.SnapshotInstalled snapshot -> {
                check(role != Role.LEADER, "a leader installs no snapshot");
                following.installed(snapshot, leader);
                freshness.applied(shared.appliedIndex);
            }
            case Input.Applied applied -> {
                check(applied.index() <= shared.commitIndex, "only what is committed is applied");
                shared.appliedIndex = Math.max(shared.appliedIndex, applied.index());
                freshness.applied(shared.appliedIndex);
            }
            case Input.Lost lost -> lost(lost.node());
            case Input.Transfer transfer -> {
                if (leading != null) {
                    leading.transfer(transfer.to());
                }
            }
        }
        var after = office();
        var appliable = Math.min(shared.commitIndex, shared.log.durableIndex());
        return shared.out.effects(appliable, after.equals(before) ? null : after);
    }

    public Effects.Office office() {
        return new Effects.Office(role, shared.term(), leader, leading != null && leading.serving());
    }

    public HardState hardState() {
        return new HardState(shared.term(), shared.votedFor());
    }

    /** Highest index known to be committed; may exceed what is durable here and so {@link Effects#commitIndex}. */
    public long commitIndex() {
        return shared.commitIndex;
    }

    public long lastIndex() {
        return shared.log.lastIndex();
    }

    /** Everything up to here is durable on this node. */
    public long durableIndex() {
        return shared.log.durableIndex();
    }

    /** Term of the entry at {@code index}, which lies between the one before the log's first and the last. */
    public long term(long index) {
        return shared.log.term(index);
    }

    public Voters voters() {
        return shared.voters.now();
    }

    /**
     * Entries in {@code [from, to]} up to {@code bytesMax} of payload, but at least one if {@code from <= to}; for applying what is committed. May
     * end early: ask again from there.
     */
    public List<Entry> entries(long from, long to, int bytesMax) {
        return shared.log.entries(from, to, bytesMax);
    }

    /**
     * Whether a fetched state at this index and term may replace rows and log now. To be asked when the state has arrived, at the point where the
     * shell begins to replace them; from then on the core must get no other input before {@link Input.SnapshotInstalled}, so that nothing it
     * acknowledges meanwhile is thrown away with the old log.
     */
    public boolean mayInstall(long index, long indexTerm) {
        return role != Role.LEADER && following.mayInstall(index, indexTerm);
    }

    /**
     * How old the rows may be: milliseconds since a moment at which they held, as is known now, everything that a leader then called committed. 0
     * where this replica leads and serves; {@code Long.MAX_VALUE} if that was never so since the start, and for a damaged replica.
     *
     * @param nowMillis as in {@link Input.Tick}; may be ahead of the last tick, for a shell that gives the core none while it installs a snapshot
     */
    public long staleMillis(long nowMillis) {
        if (damaged()) {
            return Long.MAX_VALUE;
        }
        return leading != null && leading.serving() ? 0 : freshness.staleMillis(nowMillis);
    }

    /**
     * The log should be kept from here on if it can be, for followers that are being filled; {@code Long.MAX_VALUE} if none is. Truncating more is
     * safe, but what they are fetching may then be in vain.
     */
    public long neededIndex() {
        return leading == null ? Long.MAX_VALUE : leading.neededIndex();
    }

    /** Until this turns false the replica counts for nothing. The shell's durable mark of the damage may go any time after. */
    public boolean damaged() {
        return shared.damage != 0;
    }

    /** The number under which it is damaged, 0 if it is not. */
    public long damage() {
        return shared.damage;
    }

    private void tick(long nowMillis) {
        shared.nowMillis = Math.max(shared.nowMillis, nowMillis);
        if (leading != null) {
            if (!leading.tick()) {
                follow(HardState.NOBODY);
            }
        } else if (shared.nowMillis >= campaignMillis && mayCampaign()) {
            campaign(true, false);
        }
    }

    /** Voters take their turns, so that two do not campaign against each other; whose turn is first changes with the term. */
    private void lost(long node) {
        if (role == Role.LEADER || leader != node) {
            return;
        }
        leader = HardState.NOBODY;
        hasHeardLeader = false;
        var turns = shared.voters.now().voters().stream()
                .filter(voter -> voter != node)
                .sorted()
                .toList();
        var turn = Math.floorMod(turns.indexOf(shared.self) + shared.term(), (long) turns.size());
        campaignMillis = shared.nowMillis + 2 * turn * shared.options.heartbeatMillis();
    }

    private void propose(List<byte[]> payloads) {
        if (leading != null) {
            leading.propose(payloads);
        } else {
            shared.out.proposed(Effects.Proposed.refused(shared.term()));
        }
    }

    private void read(long readId) {
        if (leading != null) {
            leading.read(readId);
        } else {
            shared.out.refuse(readId);
        }
    }

    private void persisted(long step) {
        shared.persisted(step);
        if (leading != null) {
            leading.persisted();
        }
    }

    private void receive(Message message) {
        check(message.to() == shared.self, "messages reach whom they are meant for");
        if (message.term() > shared.term() && !isPreVote(message)) {
            if (message instanceof VoteRequest request && !request.transfer() && hearsLeader()) {
                return; // A server that was cut off must not unseat a leader that others hear (section 4.2.3).
            }
            shared.enter(message.term(), HardState.NOBODY);
            follow(HardState.NOBODY);
        }
        switch (message) {
            case VoteRequest request -> voteRequested(request);
            case VoteReply reply -> voteReplied(reply);
            case Message.Append append -> {
                if (fromLeader(append)) {
                    noteCommitted(append);
                    following.append(append);
                }
            }
            case Message.SnapshotOffer offer -> {
                if (fromLeader(offer)) {
                    following.offered(offer);
                }
            }
            case Message.Cured cured -> {
                if (cured.term() == shared.term() && fromLeader(cured)) {
                    following.cured(cured);
                }
            }
            case Message.AppendReply reply -> {
                if (leading != null && reply.term() == shared.term()) {
                    leading.replied(reply);
                }
            }
            case Message.CampaignNow now -> {
                if (now.term() == shared.term() && role == Role.FOLLOWER && mayCampaign()) {
                    campaign(false, true);
                }
            }
        }
    }

    /** Pre-votes speak of a term that nobody has entered yet; only a refusal carries the sender's own. */
    private static boolean isPreVote(Message message) {
        return switch (message) {
            case VoteRequest request -> request.pre();
            case VoteReply reply -> reply.pre() && reply.granted();
            case Message.Append append -> false;
            case Message.AppendReply reply -> false;
            case Message.SnapshotOffer offer -> false;
            case Message.Cured cured -> false;
            case Message.CampaignNow now -> false;
        };
    }

    private void voteRequested(VoteRequest request) {
        var upToDate = request.lastTerm() > shared.log.lastTerm()
                || (request.lastTerm() == shared.log.lastTerm() && request.lastIndex() >= shared.log.lastIndex());
        if (request.pre()) {
            var granted = request.term() > shared.term() && upToDate && !damaged() && !hearsLeader();
            var term = granted ? request.term() : shared.term();
            shared.out.send(new VoteReply(shared.self, request.from(), term, true, granted, request.life()));
            return;
        }
        var free = shared.votedFor() == HardState.NOBODY || shared.votedFor() == request.from();
        var granted = request.term() == shared.term() && upToDate && !damaged() && free;
        if (granted) {
            if (shared.votedFor() == HardState.NOBODY) {
                shared.enter(shared.term(), request.from());
            }
            awaitLeader();
        }
        shared.out.sendOncePersisted(
                new VoteReply(shared.self, request.from(), shared.term(), false, granted, request.life()));
    }

    private void voteReplied(VoteReply reply) {
        if (tally == null) {
            return;
        }
        if (role == Role.PRE_CANDIDATE && reply.term() == shared.term() + 1) {
            tally.count(reply);
        } else if (role == Role.CANDIDATE && reply.term() == shared.term()) {
            tally.count(reply);
        }
        proceed(tally);
    }

    private void campaign(boolean pre, boolean transfer) {
        role = pre ? Role.PRE_CANDIDATE : Role.CANDIDATE;
        leader = HardState.NOBODY;
        if (pre) {
            awaitLeader();
        } else {
            // A vote may wait for several disks: whoever was in a hurry before gives them their time.
            awaitLeaderOrVotes();
            shared.enter(shared.term() + 1, shared.self);
        }
        tally = new Tally(shared.voters.now(), shared.self, pre, life);
        if (tally.won()) {
            proceed(tally);
            return;
        }
        var term = pre ? shared.term() + 1 : shared.term();
        var log = shared.log;
        for (var id : shared.voters.now().voters()) {
            if (id != shared.self) {
                // Waits for the disk: whoever answers may count on the candidate's own vote.
                shared.out.sendOncePersisted(
                        new VoteRequest(shared.self, id, term, pre, log.lastIndex(), log.lastTerm(), transfer, life));
            }
        }
    }

    private void proceed(Tally votes) {
        if (!votes.won()) {
            return;
        }
        if (role == Role.PRE_CANDIDATE) {
            campaign(false, false);
        } else {
            role = Role.LEADER;
            leader = shared.self;
            hasHeardLeader = true;
            tally = null;
            leading = Leading.open(shared);
        }
    }

    /**
     * A leader that just came to office calls less committed than is; but its first append points behind all that its predecessors committed, so a
     * replica that cannot take it lacks some of that. A snapshot offer says only what was truncated, and so nothing about how much is committed.
     */
    private void noteCommitted(Message.Append append) {
        var isRefused = append.previousIndex() > shared.log.lastIndex();
        var index = isRefused ? Math.max(append.commitIndex(), append.previousIndex()) : append.commitIndex();
        freshness.heard(append.term(), index, shared.nowMillis);
    }

    /** Takes the sender for the leader of its term, or turns an outdated one away. */
    private boolean fromLeader(Message message) {
        if (message.term() < shared.term()) {
            following.turnAway(message.from());
            return false;
        }
        check(role != Role.LEADER, "a term has one leader");
        follow(message.from());
        leaderHeardMillis = shared.nowMillis;
        hasHeardLeader = true;
        return true;
    }

    private void follow(long newLeader) {
        if (leading != null) {
            if (leading.serving()) {
                // So long ago a majority still heard it, and nobody else could commit anything.
                freshness.freshAt(shared.nowMillis - shared.options.electionTimeoutMinMillis());
            }
            leading.close();
        }
        leading = null;
        tally = null;
        role = Role.FOLLOWER;
        leader = newLeader;
        awaitLeader();
    }

    private boolean hearsLeader() {
        return role == Role.LEADER
                || (leader != HardState.NOBODY
                        && shared.nowMillis - leaderHeardMillis < shared.options.electionTimeoutMinMillis());
    }

    private boolean mayCampaign() {
        return shared.isVoter() && !damaged();
    }

    /** Sets when to campaign if nothing is heard until then. */
    private void awaitLeader() {
        var heartbeat = shared.options.heartbeatMillis();
        if (shared.isVoter() && shared.voters.now().majority() == 1) {
            campaignMillis = shared.nowMillis;
        } else if (!hasHeardLeader) {
            // Harmless while others still hear a leader: they refuse the pre-vote.
            campaignMillis = shared.nowMillis + 2 * heartbeat + jitter.below(heartbeat);
        } else {
            awaitLeaderOrVotes();
        }
    }

    private void awaitLeaderOrVotes() {
        var min = shared.options.electionTimeoutMinMillis();
        campaignMillis = shared.nowMillis + min + jitter.below(shared.options.electionTimeoutMaxMillis() - min);
    }
}
