package io.murmuration.consensus;

import java.util.ArrayDeque;

/**
 * What a leader knows of one other replica.
 *
 * <p>{@code PROBE}: looking for the last entry in common; heartbeats only. To {@code REPLICATE} when one is accepted: entries are sent ahead of
 * the answers. Back to {@code PROBE} when one is refused, to {@code SNAPSHOT} when what it lacks is truncated; from there to {@code REPLICATE}
 * when it reports to have caught up.
 */
final class Follower {
    /** So long a replica may be silent that was offered a snapshot: while it installs it, it hears nobody. */
    private static final long INSTALL_MILLIS_MAX = 300_000;

    final long id;
    private final ArrayDeque<Sent> inFlight = new ArrayDeque<>();
    private Mode mode = Mode.PROBE;
    private long match;
    private long next;
    private long heardMillis;
    private long answeredRound;
    private long commitSent;
    private long offeredIndex;

    /** The number under which it is damaged, 0 if healthy: a damaged replica counts for nothing. */
    private long damage;

    private long damageRound;
    private long curePoint;

    /** @param weight how many appends of the usual size it is as large as, at least 1 */
    private record Sent(long lastIndex, int weight) {}

    enum Mode {
        PROBE,
        REPLICATE,
        SNAPSHOT
    }

    Follower(long id, long next, long nowMillis) {
        this.id = id;
        this.next = next;
        this.heardMillis = nowMillis;
    }

    Mode mode() {
        return mode;
    }

    long match() {
        return match;
    }

    long next() {
        return next;
    }

    boolean idle() {
        return inFlight.isEmpty();
    }

    /** Appends of one large entry count for as many as they are as large as; beyond the bound is one at most. */
    boolean mayTake(int inFlightMax) {
        return mode == Mode.REPLICATE
                && inFlight.stream().mapToInt(Sent::weight).sum() < inFlightMax;
    }

    void sent(long lastIndex, int weight) {
        inFlight.add(new Sent(lastIndex, weight));
        next = lastIndex + 1;
    }

    long commitSent() {
        return commitSent;
    }

    void commitSent(long index) {
        commitSent = index;
    }

    void accepted(long matchIndex, long firstIndex) {
        match = Math.max(match, matchIndex);
        next = Math.max(next, match + 1);
        inFlight.removeIf(sent -> sent.lastIndex() <= match);
        if (mode != Mode.REPLICATE && next >= firstIndex) {
            inFlight.clear();
            mode = Mode.REPLICATE;
        }
    }

    /** Whether a refusal that points to {@code hint} says anything new; else it answers an older message. */
    boolean refusalIsNews(long hint) {
        return switch (mode) {
            case PROBE -> hint < next - 1;
            case REPLICATE -> true;
            case SNAPSHOT -> false;
        };
    }

    /** Looks for agreement before {@code from}. False if it does so already: asking again at once would lead nowhere. */
    boolean probe(long from) {
        var target = Math.max(match + 1, from);
        var changes = mode != Mode.PROBE || next != target;
        mode = Mode.PROBE;
        inFlight.clear();
        next = target;
        return changes;
    }

    void awaitSnapshot(long index) {
        mode = Mode.SNAPSHOT;
        offeredIndex = index;
        inFlight.clear();
    }

    /** The first entry that it will want next, {@code Long.MAX_VALUE} if it is gone for longer than {@code silenceMaxMillis} and wants none. */
    long neededIndex(long nowMillis, long silenceMaxMillis) {
        var silentMillis = nowMillis - heardMillis;
        return switch (mode) {
            case PROBE -> silentMillis <= silenceMaxMillis ? next : Long.MAX_VALUE;
            case REPLICATE -> silentMillis <= silenceMaxMillis ? match + 1 : Long.MAX_VALUE;
            case SNAPSHOT -> silentMillis <= INSTALL_MILLIS_MAX ? offeredIndex + 1 : Long.MAX_VALUE;
        };
    }

    void heard(long nowMillis, long round) {
        heardMillis = nowMillis;
        answeredRound = Math.max(answeredRound, round);
    }

    long heardMillis() {
        return heardMillis;
    }

    long answeredRound() {
        return answeredRound;
    }

    long damage() {
        return damage;
    }

    boolean healthy() {
        return damage == 0;
    }

    /** Everything it ever acknowledged is in doubt. It is cured from {@code curePoint} on, by answers to this and later rounds. */
    void damaged(long number, long round, long lastIndex) {
        damage = number;
        damageRound = round;
        curePoint = lastIndex;
        match = 0;
        mode = Mode.PROBE;
        inFlight.clear();
        next = lastIndex + 1;
    }

    void cured() {
        damage = 0;
    }

    long damageRound() {
        return damageRound;
    }

    boolean refilled() {
        return match >= curePoint;
    }
}
