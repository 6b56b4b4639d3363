package io.murmuration.cluster.membership;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.murmuration.base.Clock;
import io.murmuration.cluster.Leadership;
import io.murmuration.cluster.Links;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/** This node's part in the Pekko cluster: see the package. Any thread. */
public final class Membership {
    private final Cluster cluster;
    private final ActorRef<MembershipActor.Message> actor;
    private final CompletableFuture<Done> left = new CompletableFuture<>();

    private Membership(Cluster cluster, ActorRef<MembershipActor.Message> actor) {
        this.cluster = cluster;
        this.actor = actor;
    }

    /**
     * Begins to join the others, or to wait for them. It ends with the actor system, whose configuration has {@link #config}.
     *
     * @param startAgain ends this process so that it is started again; called when it has been taken out
     */
    public static Membership start(
            ActorSystem<?> system, Links links, Leadership leadership, Runnable startAgain, Clock clock) {
        var cluster = Cluster.get(system);
        links.respond(
                Links.Channel.MEMBERSHIP,
                (from, request) ->
                        CompletableFuture.completedStage(report(cluster).encode()));
        var actor = system.systemActorOf(
                MembershipActor.create(links, leadership, startAgain, clock), "membership", Props.empty());
        var membership = new Membership(cluster, actor);
        org.apache.pekko.cluster.Cluster.get(system)
                .registerOnMemberRemoved(() -> membership.left.complete(Done.getInstance()));
        return membership;
    }

    /** What the actor system of a node has to know when it starts. */
    public static Config config(long node) {
        return ConfigFactory.parseMap(Map.of("pekko.cluster.roles", List.of(Members.role(node))));
    }

    /** Whether this node is a full member: from then on, entities may be asked. */
    public boolean isUp() {
        return cluster.selfMember().status().equals(MemberStatus.up());
    }

    /** The node whose actor system this is; empty if it is no member, or not known yet. An address without a host is this node's own. */
    public OptionalLong nodeOf(Address address) {
        if (address.hasLocalScope()) {
            return Members.node(cluster.selfMember());
        }
        for (var member : cluster.state().getMembers()) {
            if (member.address().equals(address)) {
                return Members.node(member);
            }
        }
        return OptionalLong.empty();
    }

    /**
     * Whether something soft may live on the node, as far as this one knows: it is a member, on its way in or out too. A node that is itself in no
     * cluster, and so knows nothing, says so of every node.
     */
    public boolean mayHost(long node) {
        if (!Members.isIn(cluster)) {
            return true;
        }
        for (var member : cluster.state().getMembers()) {
            var of = Members.node(member);
            if (!Members.isOut(member) && of.isPresent() && of.getAsLong() == node) {
                return true;
            }
        }
        return false;
    }

    /** Hands over what lives here and leaves. Completes when the others have let go of it, or at once if this node is in no cluster. */
    public CompletionStage<Done> leave() {
        if (!Members.isIn(cluster)) {
            return CompletableFuture.completedStage(Done.getInstance());
        }
        actor.tell(new MembershipActor.LeaveCluster());
        return left;
    }

    private static MemberReport report(Cluster cluster) {
        boolean member = Members.isIn(cluster);
        return new MemberReport(
                cluster.selfMember().address().toString(), member, member ? Members.addresses(cluster) : Set.of());
    }
}
