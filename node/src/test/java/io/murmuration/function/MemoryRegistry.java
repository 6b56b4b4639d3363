package io.murmuration.function;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionConfiguration;
import io.murmuration.protocol.function.FunctionErrors;
import io.murmuration.protocol.function.FunctionRequest.CreateFunction;
import io.murmuration.protocol.function.FunctionRequest.DeleteFunction;
import io.murmuration.protocol.function.FunctionRequest.ListFunctions;
import io.murmuration.protocol.function.FunctionRequest.UpdateFunctionCode;
import io.murmuration.protocol.function.FunctionRequest.UpdateFunctionConfiguration;
import io.murmuration.protocol.function.FunctionRules;
import io.murmuration.protocol.function.FunctionSettingsChange;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.jspecify.annotations.Nullable;

/** Functions in memory, without versions: stands for the catalogue, which has none yet. */
final class MemoryRegistry implements FunctionRegistry {
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";
    private static final FunctionSettingsChange NOTHING =
            new FunctionSettingsChange(null, null, null, null, null, null, null, null, null, null);

    private final TreeMap<String, Deployment> deployments = new TreeMap<>();
    private int revisions;

    @Override
    public synchronized CompletionStage<Optional<Deployment>> find(String functionName, String qualifier) {
        var found = qualifier.equals(FunctionConfiguration.LATEST) ? deployments.get(functionName) : null;
        return CompletableFuture.completedStage(Optional.ofNullable(found));
    }

    @Override
    public CompletionStage<FunctionConfiguration> create(CreateFunction request) {
        return answer(() -> {
            if (deployments.containsKey(request.name())) {
                throw new ServiceException(FunctionErrors.exists(request.name()));
            }
            var zip = Objects.requireNonNull(request.code().zip());
            var created = FunctionRules.created(
                    request.name(), ARN + request.name(), request.settings(), zip.length, "sha", 0, revision());
            return put(created, zip);
        });
    }

    @Override
    public CompletionStage<FunctionConfiguration> updateCode(UpdateFunctionCode request) {
        return answer(() -> {
            var before = existing(request.name().name(), request.revisionId());
            return put(
                    FunctionRules.changed(before.configuration(), NOTHING, 1, revision()),
                    Objects.requireNonNull(request.code().zip()));
        });
    }

    @Override
    public CompletionStage<FunctionConfiguration> updateConfiguration(UpdateFunctionConfiguration request) {
        return answer(() -> {
            var before = existing(request.name().name(), request.revisionId());
            var after = FunctionRules.changed(before.configuration(), request.settings(), 1, revision());
            return put(after, before.code().get().toCompletableFuture().join());
        });
    }

    @Override
    public CompletionStage<Done> delete(DeleteFunction request) {
        return answer(() -> {
            existing(request.name().name(), null);
            deployments.remove(request.name().name());
            return Done.getInstance();
        });
    }

    @Override
    public CompletionStage<Page> list(ListFunctions request) {
        return answer(() -> {
            var rest = request.marker() == null ? deployments : deployments.tailMap(request.marker(), false);
            var page = rest.values().stream()
                    .limit(request.itemsMax())
                    .map(Deployment::configuration)
                    .toList();
            return new Page(page, page.size() < rest.size() ? page.getLast().name() : null);
        });
    }

    private Deployment existing(String name, @Nullable String revisionId) {
        var found = deployments.get(name);
        if (found == null) {
            throw new ServiceException(FunctionErrors.notFound(ARN + name));
        }
        if (revisionId != null && !revisionId.equals(found.configuration().revisionId())) {
            throw new ServiceException(FunctionErrors.otherRevision());
        }
        return found;
    }

    private FunctionConfiguration put(FunctionConfiguration function, byte[] zip) {
        deployments.put(
                function.name(),
                new Deployment(function, OptionalInt.empty(), () -> CompletableFuture.completedStage(zip)));
        return function;
    }

    private String revision() {
        return "revision-" + revisions++;
    }

    private synchronized <T> CompletionStage<T> answer(Supplier<T> work) {
        try {
            return CompletableFuture.completedStage(work.get());
        } catch (ServiceException refusal) {
            return CompletableFuture.failedStage(refusal);
        }
    }
}
