package io.murmuration.function;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.function.code.CodeStore;
import io.murmuration.function.environment.EnvironmentActor;
import io.murmuration.function.environment.Environments;
import io.murmuration.function.environment.Folders;
import io.murmuration.function.environment.Isolation;
import io.murmuration.function.runtime.Runtimes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;

/** Starts functions on a node. */
public final class FunctionNode {
    private FunctionNode() {}

    /**
     * Starts what runs functions. It ends with the actor system, and all processes with it.
     *
     * @param environments served at {@code runtimeApi} by the adapter in {@code function.http}
     * @param runtimeApi host and port
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
            Environments environments,
            String runtimeApi,
            String path,
            Clock clock,
            Chance chance)
            throws IOException {
        Folders.remove(settings.folder());
        var runtimes = Runtimes.prepare(path, shown(settings));
        var disk = system.dispatchers().lookup(DispatcherSelector.fromConfig(EnvironmentActor.DISPATCHER));
        var preparation = new Preparation(code, runtimes, settings, disk);
        var room = new Room(settings.environmentsMax());
        var host = system.systemActorOf(
                FunctionHost.create(created -> FunctionActor.create(
                        created.deployment(),
                        new FunctionActor.Surroundings(
                                settings,
                                preparation,
                                isolation,
                                environments,
                                runtimeApi,
                                room,
                                clock,
                                created.host()),
                        settings.folder().resolve("function-" + created.number()))),
                "functions",
                org.apache.pekko.actor.typed.Props.empty());
        return new FunctionService(system, host, deployments, settings, clock, chance);
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
