package io.murmuration.function;

import io.murmuration.function.code.CodeStore;
import io.murmuration.function.environment.EnvironmentSpec;
import io.murmuration.function.runtime.CodePackage;
import io.murmuration.function.runtime.RuntimeMissingException;
import io.murmuration.function.runtime.Runtimes;
import io.murmuration.function.runtime.Variables;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** Makes a revision of a function ready to be run: its code is fetched and unpacked. Any thread. */
record Preparation(CodeStore code, Runtimes runtimes, FunctionSettings settings, Executor disk) {
    /**
     * Fails with a {@link RuntimeMissingException} if this node cannot run it, with a {@link io.murmuration.protocol.ServiceException} if the code is
     * no sound zip.
     *
     * @param taskRoot made here
     */
    CompletionStage<EnvironmentSpec> prepare(Deployment deployment, Path taskRoot) {
        return code.get(deployment.code()).thenApplyAsync(zip -> unpacked(deployment, zip, taskRoot), disk);
    }

    private EnvironmentSpec unpacked(Deployment deployment, byte[] zip, Path taskRoot) {
        var function = deployment.configuration();
        try {
            CodePackage.unpack(zip, taskRoot, CodePackage.UNZIPPED_BYTES_MAX);
            return new EnvironmentSpec(
                    runtimes.command(function, taskRoot),
                    taskRoot,
                    Variables.of(function, taskRoot, runtimes, settings.region(), settings.endpoint()),
                    function.version(),
                    function.memoryMegabytes(),
                    settings.initTimeout(),
                    Duration.ofSeconds(function.timeoutSeconds()));
        } catch (IOException | RuntimeMissingException failure) {
            throw new CompletionException(failure);
        }
    }
}
