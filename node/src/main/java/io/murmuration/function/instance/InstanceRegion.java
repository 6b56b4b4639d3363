package io.murmuration.function.instance;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.function.Deployment;
import io.murmuration.function.environment.EnvironmentActor;
import io.murmuration.function.environment.EnvironmentSpec;
import io.murmuration.function.environment.Isolation;
import io.murmuration.function.environment.RuntimeDoors;
import io.murmuration.function.instance.InstanceProtocol.Event;
import io.murmuration.function.instance.InstanceProtocol.Leave;
import io.murmuration.function.instance.InstanceProtocol.Message;
import io.murmuration.function.instance.InstanceProtocol.Start;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** Starts instances, here and on other nodes. Any thread. */
public final class InstanceRegion {
    private static final EntityTypeKey<Message> KEY = EntityTypeKey.create(Message.class, "function-instances");

    private final ActorRef<ShardingEnvelope<Message>> region;
    private final InstancePlaces places;
    private final Chance chance;

    private InstanceRegion(ActorRef<ShardingEnvelope<Message>> region, InstancePlaces places, Chance chance) {
        this.region = region;
        this.places = places;
        this.chance = chance;
    }

    /**
     * What this node runs instances with.
     *
     * @param folder for code and environments
     * @param prepare fetches and unpacks code into a new folder
     * @param environmentsMax environments of this node
     * @param disk runs what waits for the disk
     */
    public record Setup(
            Path folder,
            BiFunction<Deployment, Path, CompletionStage<EnvironmentSpec>> prepare,
            Isolation isolation,
            RuntimeDoors doors,
            int environmentsMax,
            Executor disk) {}

    public static InstanceRegion start(ActorSystem<?> system, Setup setup, Clock clock, Chance chance) {
        var places = new InstancePlaces(system.classicSystem());
        var started = new AtomicLong();
        var around = new InstanceActor.Surroundings(
                places::self,
                new Codes(setup.folder(), setup.prepare(), setup.disk()),
                new InstancePool(setup.environmentsMax()),
                () -> new EnvironmentActor.Setup(
                        setup.isolation(),
                        setup.doors(),
                        HexFormat.of().toHexDigits(chance.nextLong()),
                        setup.folder().resolve("environment-" + started.getAndIncrement()),
                        clock));
        var region = ClusterSharding.get(system)
                .init(Entity.of(KEY, entity -> InstanceActor.create(entity.getShard(), around))
                        .withStopMessage(new Leave())
                        .withMessageExtractor(new ByPlace())
                        .withAllocationStrategy(places.allocation())
                        .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy()));
        return new InstanceRegion(region, places, chance);
    }

    /** The processes that may be given instances, this one first if it may. */
    public List<String> places() {
        return places.all();
    }

    /** Starts an instance at a place; its events go to the owner. Returns its name. */
    public String start(String place, Deployment deployment, ActorRef<Event> owner) {
        var name = InstanceNames.name(place, Long.toHexString(chance.nextLong()) + Long.toHexString(chance.nextLong()));
        region.tell(new ShardingEnvelope<>(name, new Start(name, deployment, owner)));
        return name;
    }

    /** Of an instance that was started. */
    public static String place(String instance) {
        return InstanceNames.place(instance);
    }

    private static final class ByPlace extends ShardingMessageExtractor<ShardingEnvelope<Message>, Message> {
        @Override
        public String entityId(ShardingEnvelope<Message> envelope) {
            return envelope.entityId();
        }

        @Override
        public String shardId(String entityId) {
            return InstanceNames.place(entityId);
        }

        @Override
        public Message unwrapMessage(ShardingEnvelope<Message> envelope) {
            return envelope.message();
        }
    }
}
