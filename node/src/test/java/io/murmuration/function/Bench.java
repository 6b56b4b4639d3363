package io.murmuration.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.typesafe.config.ConfigFactory;
import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.function.environment.Environments;
import io.murmuration.function.environment.Isolations;
import io.murmuration.function.http.RuntimeApi;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionConfiguration;
import io.murmuration.protocol.function.FunctionName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.util.ByteString;

/** A node with nothing but functions, which are deployed into memory. */
final class Bench implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final ActorSystem<Void> system;
    private final RuntimeApi api;
    private final Functions functions;
    private final MemoryCode code = new MemoryCode();
    private final Map<String, Deployment> deployments = new ConcurrentHashMap<>();
    private final AtomicInteger revisions = new AtomicInteger();

    private Bench(
            ActorSystem<Void> system, Environments environments, RuntimeApi api, FunctionSettings settings, String path)
            throws IOException {
        this.system = system;
        this.api = api;
        var memory = new Deployments() {
            @Override
            public CompletionStage<Optional<Deployment>> find(String name, String qualifier) {
                return CompletableFuture.completedStage(known(name));
            }

            @Override
            public Optional<Deployment> known(String name) {
                return Optional.ofNullable(deployments.get(name));
            }
        };
        this.functions = FunctionNode.start(
                system,
                memory,
                code,
                settings,
                Isolations.none(),
                environments,
                api.address(),
                path,
                Clock.system(),
                Chance.secure());
    }

    static Bench start(Path folder) throws Exception {
        return start(folder, settings -> settings, FunctionNode.path());
    }

    static Bench start(Path folder, UnaryOperator<FunctionSettings> change, String path) throws Exception {
        var system = ActorSystem.<Void>create(
                Behaviors.empty(),
                "functions-test",
                ConfigFactory.parseResources("murmuration-node.conf")
                        .withFallback(ConfigFactory.defaultReferenceUnresolved())
                        .resolve());
        var environments = new Environments(Chance.secure());
        var api = await(RuntimeApi.bind(system, environments));
        var settings = FunctionSettings.defaults(folder, "http://127.0.0.1:1");
        return new Bench(system, environments, api, change.apply(patient(settings)), path);
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
                settings.payloadBytesMax(),
                Duration.ofSeconds(60),
                settings.idleMax(),
                Duration.ofSeconds(60));
    }

    /** Deploys a function, or a new revision of it, that may take a minute. */
    void deploy(String name, String runtime, String handler, Map<String, String> files) {
        deploy(name, runtime, handler, Zip.of(files), 60, OptionalInt.empty());
    }

    void deploy(String name, String runtime, String handler, byte[] zip, int timeoutSeconds, OptionalInt concurrency) {
        var configuration = new FunctionConfiguration(
                name,
                "arn:aws:lambda:us-east-1:000000000000:function:" + name,
                FunctionConfiguration.LATEST,
                runtime,
                "arn:aws:iam::000000000000:role/any",
                handler,
                "",
                timeoutSeconds,
                128,
                Map.of("FLOCK", "starlings"),
                List.of("x86_64"),
                512,
                zip.length,
                code.keep(zip).base64(),
                0,
                "revision-" + revisions.getAndIncrement());
        deployments.put(name, new Deployment(configuration, concurrency));
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

    @Override
    public void close() {
        system.terminate();
        await(system.getWhenTerminated());
    }

    RuntimeApi api() {
        return api;
    }
}
