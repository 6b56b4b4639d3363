package io.murmuration.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.cluster.Leadership;
import io.murmuration.cluster.Links;
import io.murmuration.cluster.LocalLinks;
import io.murmuration.cluster.membership.Membership;
import io.murmuration.function.environment.Isolations;
import io.murmuration.function.http.RuntimeApi;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.util.ByteString;

/** A node with nothing but functions, which are deployed into memory. */
final class Bench implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ActorSystem<Void> system;
    private final Functions functions;
    private final MemoryFunctions deployed;

    private Bench(ActorSystem<Void> system, FunctionSettings settings, String path, MemoryFunctions deployed)
            throws IOException {
        this.system = system;
        this.deployed = deployed;
        this.functions = FunctionNode.start(
                system,
                deployed,
                deployed.code(),
                settings,
                Isolations.none(),
                new RuntimeApi(system, Chance.secure()),
                path,
                Clock.system(),
                Chance.secure());
    }

    static Bench start(Path folder) throws Exception {
        return start(folder, settings -> settings, FunctionNode.path());
    }

    static Bench start(Path folder, UnaryOperator<FunctionSettings> change, String path) throws Exception {
        var bench = opened(ConfigFactory.empty(), folder, change, path, new MemoryFunctions());
        var cluster = Cluster.get(bench.system);
        cluster.manager().tell(new Join(cluster.selfMember().address()));
        return bench;
    }

    /** A node of several, which find each other by their links. */
    static Bench join(Path folder, long node, Links links, Leadership leadership, MemoryFunctions deployed)
            throws Exception {
        var bench = opened(Membership.config(node), folder, settings -> settings, FunctionNode.path(), deployed);
        Membership.start(
                bench.system,
                links,
                leadership,
                () -> {
                    throw new IllegalStateException("a node that was taken out");
                },
                Clock.system());
        return bench;
    }

    private static Bench opened(
            Config config, Path folder, UnaryOperator<FunctionSettings> change, String path, MemoryFunctions deployed)
            throws Exception {
        var system = ActorSystem.<Void>create(
                Behaviors.empty(),
                "functions-test",
                config.withFallback(ConfigFactory.parseResources("murmuration-node.conf"))
                        .withFallback(ConfigFactory.defaultReferenceUnresolved())
                        .resolve());
        var settings = FunctionSettings.defaults(folder, "http://127.0.0.1:1");
        return new Bench(system, change.apply(patient(settings)), path, deployed);
    }

    /** A busy machine may take its time to start a process. */
    static FunctionSettings patient(FunctionSettings settings) {
        return new FunctionSettings(
                settings.folder(),
                settings.region(),
                settings.account(),
                settings.endpoint(),
                settings.concurrencyMax(),
                settings.instancesMax(),
                settings.environmentsMax(),
                16 << 20,
                Duration.ofSeconds(60),
                settings.idleMax(),
                Duration.ofSeconds(60));
    }

    /** Deploys a function, or a new revision of it, that may take a minute. */
    void deploy(String name, String runtime, String handler, Map<String, String> files) {
        deploy(name, runtime, handler, Zip.of(files), 60, OptionalInt.empty());
    }

    void deploy(String name, String runtime, String handler, byte[] zip, int timeoutSeconds, OptionalInt concurrency) {
        deployed.deploy(name, runtime, handler, zip, timeoutSeconds, concurrency);
    }

    CompletionStage<Functions.Answer> send(String name, String payload) {
        return functions.invoke(
                new Functions.Call(new FunctionName(name, null), ByteString.fromString(payload), "", "", true));
    }

    Outcome invoke(String name, String payload) {
        return outcome(send(name, payload));
    }

    static Outcome outcome(CompletionStage<Functions.Answer> answer) {
        var result = await(answer).result();
        return new Outcome(
                result.payload().utf8String(),
                result.functionError().orElse(""),
                result.logTail().map(ByteString::utf8String).orElse(""),
                result.requestId());
    }

    /** @param error empty if there is none */
    record Outcome(String payload, String error, String log, String requestId) {}

    /** The refusal of the call. */
    ServiceException refusal(String name, String payload) {
        return (ServiceException) failure(send(name, payload));
    }

    static Throwable failure(CompletionStage<?> stage) {
        return await(stage.handle((value, failure) -> {
            assertThat(failure).isNotNull();
            return failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        }));
    }

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException failure) {
            throw new AssertionError(failure);
        }
    }

    /** Skips the test, saying so, where the program is not installed. */
    static void needs(String program) {
        var found = Pattern.compile(":")
                .splitAsStream(FunctionNode.path())
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        assumeThat(found).as(program + " is on the PATH").isTrue();
    }

    /** Waits until a process is gone. */
    static void awaitEnd(long pid) {
        var handle = ProcessHandle.of(pid);
        if (handle.isPresent()) {
            await(handle.get().onExit());
        }
    }

    /** Members of the cluster that this node is in. */
    int members() {
        var members = new ArrayList<Member>();
        Cluster.get(system).state().getMembers().forEach(members::add);
        return (int) members.stream()
                .filter(member -> member.status().equals(MemberStatus.up()))
                .count();
    }

    /** As a process that ends: nobody is told by its actor system. */
    void kill(LocalLinks.Network network, long node) {
        network.leave(node);
        close();
    }

    @Override
    public void close() {
        system.terminate();
        await(system.getWhenTerminated());
    }
}
