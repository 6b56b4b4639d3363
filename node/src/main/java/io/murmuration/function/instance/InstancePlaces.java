package io.murmuration.function.instance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.sharding.ShardCoordinator;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/** Where instances live: a place is one process of a node, whose shard is allocated to that process and never moved. */
public final class InstancePlaces {
    private final Cluster cluster;

    InstancePlaces(ActorSystem system) {
        this.cluster = Cluster.get(system);
    }

    /** This process. */
    public String self() {
        return place(cluster.selfMember());
    }

    /** All processes that may be given instances, this one first. */
    public List<String> all() {
        var self = cluster.selfMember();
        var places = new ArrayList<String>();
        if (self.status().equals(MemberStatus.up())) {
            places.add(place(self));
        }
        for (var member : cluster.state().getMembers()) {
            if (member.status().equals(MemberStatus.up())
                    && !member.equals(self)
                    && !cluster.state().getUnreachable().contains(member)) {
                places.add(place(member));
            }
        }
        return places;
    }

    private static String place(Member member) {
        return place(member.address()) + "-"
                + Long.toHexString(member.uniqueAddress().longUid());
    }

    private static String place(Address address) {
        return address.hostPort();
    }

    /** Allocates each shard to the process that its name says; one whose process is gone to whoever asks, where nothing will be started. */
    ShardCoordinator.ShardAllocationStrategy allocation() {
        return new Allocation();
    }

    private final class Allocation implements ShardCoordinator.ShardAllocationStrategy {
        @Override
        public Future<ActorRef> allocateShard(
                ActorRef requester,
                String shard,
                scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> allocations) {
            var chosen = CollectionConverters.asJava(allocations.keySet()).stream()
                    .filter(region -> shard.startsWith(place(address(region)) + "-"))
                    .findFirst()
                    .orElse(requester);
            return FutureConverters.asScala(CompletableFuture.completedFuture(chosen));
        }

        @Override
        public Future<scala.collection.immutable.Set<String>> rebalance(
                scala.collection.immutable.Map<ActorRef, IndexedSeq<String>> allocations,
                scala.collection.immutable.Set<String> moving) {
            return FutureConverters.asScala(
                    CompletableFuture.completedFuture(scala.collection.immutable.Set$.MODULE$.<String>empty()));
        }

        private Address address(ActorRef region) {
            var address = region.path().address();
            return address.hasLocalScope() ? cluster.selfMember().address() : address;
        }
    }
}
