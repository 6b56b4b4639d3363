package io.murmuration.consensus;

import java.util.HashSet;
import java.util.Set;

/** The votes for one candidacy, its own included (section 3.4); with {@code pre} those of the round before it (section 9.6). */
final class Tally {
    private final Voters voters;
    private final boolean pre;
    private final long life;
    private final Set<Long> granted = new HashSet<>();

    /** @param life of the candidate: votes for another do not count */
    Tally(Voters voters, long self, boolean pre, long life) {
        this.voters = voters;
        this.pre = pre;
        this.life = life;
        granted.add(self);
    }

    void count(Message.VoteReply reply) {
        if (reply.granted() && reply.pre() == pre && reply.life() == life) {
            granted.add(reply.from());
        }
    }

    boolean won() {
        return voters.voters().stream().filter(granted::contains).count() >= voters.majority();
    }
}
