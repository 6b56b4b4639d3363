package io.murmuration.function;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.base.Restarts;
import io.murmuration.function.code.CodeStore;
import io.murmuration.function.environment.EnvironmentActor;
import io.murmuration.function.environment.Folders;
import io.murmuration.function.environment.Isolation;
import io.murmuration.function.environment.RuntimeDoors;
import io.murmuration.function.instance.InstanceRegion;
import io.murmuration.function.runtime.Runtimes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;

/** Starts functions on a node. */
public final class FunctionNode {
    /** Regions and the caller of a node have names that reference.conf knows, because their messages may be large. */
    private static final EntityTypeKey<FunctionProtocol.Message> KEY =
            EntityTypeKey.create(FunctionProtocol.Message.class, "functions");

    private static final String CALLER = "function-calls";

    private FunctionNode() {}

    /**
     * Starts what runs functions, once this node is a member of the cluster. It ends with the actor system, and all processes with it.
     *
     * @param doors that the adapter in {@code function.http} opens
     * @param path folders with the runtimes' programs, as in the environment variable PATH
     * @param chance fit for secrets
     * @throws IOException if the folder of functions cannot be written
     */
    public static Functions start(
            ActorSystem<?> system,
            Deployments deployments,
            CodeStore code,
            FunctionSettings settings,
            Isolation isolation,
            RuntimeDoors doors,
            String path,
            Clock clock,
            Chance chance)
            throws IOException {
        Folders.remove(settings.folder());
        var runtimes = Runtimes.prepare(path, shown(settings));
        var disk = system.dispatchers().lookup(DispatcherSelector.fromConfig(EnvironmentActor.DISPATCHER));
        var preparation = new Preparation(code, runtimes, settings, disk);
        var instances = InstanceRegion.start(
                system,
                new InstanceRegion.Setup(
                        settings.folder(), preparation::prepare, isolation, doors, settings.environmentsMax(), disk),
                clock,
                chance);
        var around = new FunctionActor.Surroundings(
                settings, deployments, instances, new Room(settings.payloadBytesMax()), clock);
        var region = ClusterSharding.get(system)
                .init(Entity.of(KEY, entity -> FunctionEntity.create(entity.getShard(), around))
                        .withStopMessage(new FunctionProtocol.Leave())
                        .withAllocationStrategy(new CallersAllocation())
                        .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy()));
        var caller = system.systemActorOf(Restarts.after(FunctionCaller.create(region, clock)), CALLER, Props.empty());
        return new FunctionService(caller, deployments, settings, clock, chance);
    }

    /** The folder that all functions see: their runtimes' bootstraps. */
    public static Path shown(FunctionSettings settings) {
        return settings.folder().resolve("runtime");
    }

    /** What the machine's environment says of the programs that there are; empty if it says nothing. */
    public static String path() {
        return Optional.ofNullable(System.getenv("PATH")).orElse("");
    }
}
