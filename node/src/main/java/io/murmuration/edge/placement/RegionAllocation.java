package io.murmuration.edge.placement;

import io.murmuration.config.Geography;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.sharding.ShardCoordinator.AbstractShardAllocationStrategy;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

/** Puts each point of presence, which is a shard of its own, on the best node for its region that there is, and moves it when a better one comes. */
final class RegionAllocation extends AbstractShardAllocationStrategy {
    private final Geography geography;
    private final int nodes;
    private final Function<Address, OptionalInt> numbers;

    /**
     * @param nodes how many the cluster has
     * @param numbers the number of the node at an address; empty while it is not known
     */
    RegionAllocation(Geography geography, int nodes, Function<Address, OptionalInt> numbers) {
        this.geography = geography;
        this.nodes = nodes;
        this.numbers = numbers;
    }

    @Override
    public Future<ActorRef> allocateShard(
            ActorRef requester, String presence, Map<ActorRef, IndexedSeq<String>> allocations) {
        var there = numbered(allocations);
        return Future.successful(PlacementRules.node(geography, presence, nodes, there.keySet())
                .map(there::get)
                .orElse(requester));
    }

    @Override
    public Future<Set<String>> rebalance(Map<ActorRef, IndexedSeq<String>> allocations, Set<String> moving) {
        var there = numbered(allocations);
        var misplaced = new HashSet<String>();
        allocations.forEach(
                (region, presences) -> CollectionConverters.asJava(presences).forEach(presence -> {
                    var best = PlacementRules.node(geography, presence, nodes, there.keySet());
                    if (best.isPresent() && !region.equals(there.get(best.get()))) {
                        misplaced.add(presence);
                    }
                }));
        misplaced.removeAll(moving);
        return Future.successful(misplaced);
    }

    private Map<Integer, ActorRef> numbered(Map<ActorRef, IndexedSeq<String>> allocations) {
        var there = new HashMap<Integer, ActorRef>();
        for (var region : allocations.keySet()) {
            numbers.apply(region.path().address()).ifPresent(number -> there.put(number, region));
        }
        return there;
    }
}
