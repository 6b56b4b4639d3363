package io.murmuration.cluster.membership;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/** Reads Pekko's view of the cluster's members. A member's role says which node it is. */
final class Members {
    private static final String ROLE = "node-";

    private Members() {}

    static String role(long node) {
        return ROLE + node;
    }

    /** Addresses of all that are not taken out, this one too if it is a member. */
    static Set<String> addresses(Cluster cluster) {
        var addresses = new HashSet<String>();
        for (var member : cluster.state().getMembers()) {
            if (!isOut(member)) {
                addresses.add(member.address().toString());
            }
        }
        return addresses;
    }

    /** The node of each other member's address. */
    static Map<String, Long> others(Cluster cluster) {
        var others = new HashMap<String, Long>();
        for (var member : cluster.state().getMembers()) {
            var node = node(member);
            if (!isOut(member)
                    && node.isPresent()
                    && !member.address().equals(cluster.selfMember().address())) {
                others.put(member.address().toString(), node.getAsLong());
            }
        }
        return others;
    }

    static OptionalLong node(Member member) {
        for (var role : member.getRoles()) {
            if (role.startsWith(ROLE)) {
                return OptionalLong.of(Long.parseLong(role.substring(ROLE.length())));
            }
        }
        return OptionalLong.empty();
    }

    static boolean isIn(Cluster cluster) {
        var status = cluster.selfMember().status();
        return !status.equals(MemberStatus.removed()) && !status.equals(MemberStatus.down());
    }

    static boolean isOut(Member member) {
        return member.status().equals(MemberStatus.down()) || member.status().equals(MemberStatus.removed());
    }
}
