package io.murmuration.edge.placement;

import io.murmuration.base.Clock;
import io.murmuration.cluster.membership.Membership;
import io.murmuration.config.Geography;
import io.murmuration.edge.placement.PresenceProtocol.GiveUp;
import io.murmuration.edge.placement.PresenceProtocol.Locate;
import io.murmuration.edge.placement.PresenceProtocol.Located;
import io.murmuration.edge.placement.PresenceProtocol.Message;
import io.murmuration.edge.presence.Presences;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.jspecify.annotations.Nullable;

/**
 * Points of presence as entities of cluster sharding.
 *
 * <p>An answer is remembered: for {@link #FRESH} it is taken as it is, after that it is taken once more and asked for anew meanwhile. That one could not be
 * learnt in time is remembered for {@link #UNKNOWN}, so that not every viewer waits for it while it moves.
 */
public final class ShardedWhereabouts implements Whereabouts {
    private static final EntityTypeKey<Message> KEY = EntityTypeKey.create(Message.class, "presence");
    private static final Duration ANSWER_MAX = Duration.ofSeconds(1);
    private static final Duration FRESH = Duration.ofSeconds(3);
    private static final Duration UNKNOWN = Duration.ofMillis(500);

    private final ClusterSharding sharding;
    private final Membership membership;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private ShardedWhereabouts(ClusterSharding sharding, Membership membership, Clock clock) {
        this.sharding = sharding;
        this.membership = membership;
        this.clock = clock;
    }

    /** @param asked under way; null if it is not asked just now */
    private record Known(
            OptionalLong node, long untilNanos, @Nullable CompletableFuture<OptionalLong> asked) {}

    /**
     * What it works with.
     *
     * @param node this one's id
     * @param nodes how many the cluster has
     * @param numbers of the nodes by their ids; empty for one that there is not
     */
    public record Setup(
            ActorSystem<?> system,
            Membership membership,
            Geography geography,
            long node,
            int nodes,
            LongFunction<OptionalInt> numbers,
            Clock clock) {}

    /** From now on points of presence may be placed here. */
    public static ShardedWhereabouts start(Setup setup, Presences presences) {
        var sharding = ClusterSharding.get(setup.system());
        var allocation = new RegionAllocation(setup.geography(), setup.nodes(), address -> number(setup, address));
        sharding.init(Entity.of(KEY, created -> PresenceActor.create(presences, created.getEntityId(), setup.node()))
                .withMessageExtractor(new EachItsOwnShard())
                .withAllocationStrategy(allocation)
                .withStopMessage(new GiveUp())
                .withSettings(ClusterShardingSettings.create(setup.system()).withNoPassivationStrategy()));
        return new ShardedWhereabouts(sharding, setup.membership(), setup.clock());
    }

    private static OptionalInt number(Setup setup, Address address) {
        var node = setup.membership().nodeOf(address);
        return node.isPresent() ? setup.numbers().apply(node.getAsLong()) : OptionalInt.empty();
    }

    private static final class EachItsOwnShard extends ShardingMessageExtractor<ShardingEnvelope<Message>, Message> {
        @Override
        public String entityId(ShardingEnvelope<Message> envelope) {
            return envelope.entityId();
        }

        @Override
        public String shardId(String entityId) {
            return entityId;
        }

        @Override
        public Message unwrapMessage(ShardingEnvelope<Message> envelope) {
            return envelope.message();
        }
    }

    @Override
    public CompletionStage<OptionalLong> nodeOf(String presence) {
        if (!membership.isUp()) {
            return CompletableFuture.completedStage(OptionalLong.empty());
        }
        long now = clock.nanos();
        var before = known.get(presence);
        if (before != null && before.untilNanos() - now > 0) {
            return CompletableFuture.completedStage(before.node());
        }
        var after = known.compute(
                presence,
                (id, current) -> current != null && current.asked() != null
                        ? current
                        : new Known(current == null ? OptionalLong.empty() : current.node(), now, ask(id)));
        var asked = after.asked();
        return after.node().isPresent() || asked == null ? CompletableFuture.completedStage(after.node()) : asked;
    }

    private CompletableFuture<OptionalLong> ask(String presence) {
        return sharding.entityRefFor(KEY, presence)
                .<Located>ask(Locate::new, ANSWER_MAX)
                .handle((located, failure) -> {
                    var node = located == null ? OptionalLong.empty() : OptionalLong.of(located.node());
                    var valid = located == null ? UNKNOWN : FRESH;
                    known.put(presence, new Known(node, clock.nanos() + valid.toNanos(), null));
                    return node;
                })
                .toCompletableFuture()
                .orTimeout(2 * ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(never -> OptionalLong.empty());
    }

    @Override
    public void wrong(String presence) {
        known.computeIfPresent(presence, (id, current) -> current.asked() == null ? null : current);
    }
}
