package io.murmuration.consensus;

import static io.murmuration.consensus.Invariant.check;

import io.murmuration.consensus.Message.Append;
import io.murmuration.consensus.Message.AppendReply;

/** How a replica takes what the leader of its term sends (sections 3.5, 5 and docs/safety.md, Damage). */
final class Following {
    private final Shared shared;
    private long round;

    Following(Shared shared) {
        this.shared = shared;
    }

    void append(Append append) {
        round = append.round();
        var log = shared.log;
        if (append.previousIndex() > log.lastIndex()) {
            refuse(append.from(), log.lastIndex());
        } else if (append.previousIndex() > shared.commitIndex
                && log.term(append.previousIndex()) != append.previousTerm()) {
            // Skips a whole term at a time (section 3.5); what is committed is never in conflict.
            var hint = log.lastWithTermAtMost(append.previousTerm(), append.previousIndex() - 1);
            refuse(append.from(), Math.max(hint, shared.commitIndex));
        } else {
            accept(append);
        }
    }

    void offered(Message.SnapshotOffer offer) {
        round = offer.round();
        if (offer.index() <= shared.commitIndex || shared.log.holds(offer.index(), offer.indexTerm())) {
            // Only what is committed is ever truncated.
            shared.commit(Math.max(shared.commitIndex, offer.index()));
            confirm(offer.from());
        } else {
            shared.out.fetch(new Effects.Fetch(offer.from(), offer.index(), offer.indexTerm()));
            refuse(offer.from(), shared.log.lastIndex());
        }
    }

    boolean mayInstall(long index, long indexTerm) {
        return index > shared.commitIndex && !shared.log.holds(index, indexTerm);
    }

    void installed(Input.SnapshotInstalled snapshot, long leader) {
        // A log that begins behind it by now has been replaced already: it says nothing of what was held before.
        var isReset = shared.log.firstIndex() == snapshot.index() + 1;
        check(
                snapshot.index() > shared.commitIndex
                        && (isReset || !shared.log.holds(snapshot.index(), snapshot.indexTerm())),
                "a snapshot replaces only what it makes obsolete");
        shared.log.reset(snapshot.index());
        shared.voters.installed(snapshot.index(), snapshot.voters());
        shared.commit(snapshot.index());
        shared.appliedIndex = snapshot.index();
        if (leader != HardState.NOBODY && snapshot.indexTerm() <= shared.term()) {
            confirm(leader);
        }
    }

    void cured(Message.Cured cured) {
        if (shared.damage == 0 || shared.damage != cured.damage()) {
            return;
        }
        shared.damage = 0;
        if (shared.votedFor() == HardState.NOBODY) {
            // A forgotten vote of this very term cannot be given twice if this one is taken.
            shared.enter(shared.term(), cured.from());
        }
    }

    /** Tells an outdated leader of the newer term. */
    void turnAway(long from) {
        shared.out.send(reply(from, false, 0, 0, 0));
    }

    private void accept(Append append) {
        var log = shared.log;
        var match = append.previousIndex() + append.entries().size();
        var news = append.entries().stream()
                .dropWhile(entry -> entry.index() <= shared.commitIndex
                        || (entry.index() <= log.lastIndex() && log.term(entry.index()) == entry.term()))
                .toList();
        if (!news.isEmpty()) {
            shared.append(news);
        }
        shared.commit(Math.max(shared.commitIndex, Math.min(append.commitIndex(), match)));
        if (append.entries().isEmpty()) {
            // Says at once what is durable already: a heartbeat's answer need not wait for entries still being written.
            answer(reply(append.from(), true, Math.min(match, log.durableIndex()), 0, append.round()));
        } else {
            shared.out.sendOncePersisted(reply(append.from(), true, match, 0, append.round()));
        }
    }

    /** What is committed and durable here equals the leader's log. */
    private void confirm(long leader) {
        answer(reply(leader, true, Math.min(shared.commitIndex, shared.log.durableIndex()), 0, round));
    }

    private void refuse(long leader, long hint) {
        answer(reply(leader, false, hint, shared.log.term(hint), round));
    }

    /** An answer promises to stay in its term: it waits until the term is durable. */
    private void answer(Message reply) {
        if (shared.hardStateDurable()) {
            shared.out.send(reply);
        } else {
            shared.out.sendOncePersisted(reply);
        }
    }

    private AppendReply reply(long to, boolean accepted, long matchIndex, long hintTerm, long round) {
        return new AppendReply(shared.self, to, shared.term(), accepted, matchIndex, hintTerm, round, shared.damage);
    }
}
