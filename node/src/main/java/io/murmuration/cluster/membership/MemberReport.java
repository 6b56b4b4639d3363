package io.murmuration.cluster.membership;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a node tells the others of itself.
 *
 * @param address where its actor system listens; of this process alone
 * @param member whether it is in a cluster, or joins one
 * @param members addresses of that cluster's members, as it sees them, its own too; empty if it is in none
 */
record MemberReport(String address, boolean member, Set<String> members) {
    private static final int VERSION = 1;

    MemberReport {
        members = Set.copyOf(members);
    }

    byte[] encode() {
        var to = new ByteWriter(256);
        to.int8(VERSION).text(address).int8(member ? 1 : 0).int32(members.size());
        members.forEach(to::text);
        return to.toBytes();
    }

    /** @throws IllegalArgumentException if it is of a release that this one does not know */
    static MemberReport decode(byte[] bytes) {
        var from = new ByteReader(bytes);
        int version = from.int8();
        if (version != VERSION) {
            throw new IllegalArgumentException("a member's report of version " + version);
        }
        var address = from.text();
        boolean member = from.int8() != 0;
        var members = new LinkedHashSet<String>();
        for (var left = from.count(); left > 0; left--) {
            members.add(from.text());
        }
        return new MemberReport(address, member, members);
    }
}
