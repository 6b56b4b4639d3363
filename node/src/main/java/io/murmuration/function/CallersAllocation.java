package io.murmuration.function;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.cluster.sharding.ShardCoordinator;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Map;
import scala.collection.immutable.Set;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/** A function's entity lives where it was called first, for that is where it is likely called again; it is never moved, for it may be busy. */
final class CallersAllocation implements ShardCoordinator.ShardAllocationStrategy {
    @Override
    public Future<ActorRef> allocateShard(
            ActorRef requester, String shard, Map<ActorRef, IndexedSeq<String>> allocations) {
        return FutureConverters.asScala(CompletableFuture.completedFuture(requester));
    }

    @Override
    public Future<Set<String>> rebalance(Map<ActorRef, IndexedSeq<String>> allocations, Set<String> moving) {
        return FutureConverters.asScala(
                CompletableFuture.completedFuture(scala.collection.immutable.Set$.MODULE$.<String>empty()));
    }
}
