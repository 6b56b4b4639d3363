package io.murmuration.function;

import io.murmuration.protocol.function.FunctionConfiguration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Functions in memory, for one node or several. */
final class MemoryFunctions implements Deployments {
    private final MemoryCode code = new MemoryCode();
    private final Map<String, Deployment> deployments = new ConcurrentHashMap<>();
    private final AtomicInteger revisions = new AtomicInteger();

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

    MemoryCode code() {
        return code;
    }

    @Override
    public CompletionStage<Optional<Deployment>> find(String name, String qualifier) {
        return CompletableFuture.completedStage(known(name));
    }

    @Override
    public Optional<Deployment> known(String name) {
        return Optional.ofNullable(deployments.get(name));
    }
}
