package io.murmuration.trigger;

import io.murmuration.base.Chance;
import io.murmuration.base.Clock;
import io.murmuration.base.Uuids;
import io.murmuration.catalogue.Resources;
import io.murmuration.catalogue.Resources.Kind;
import io.murmuration.catalogue.Resources.Outcome;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.function.FunctionName;
import io.murmuration.protocol.function.mapping.MappingDescription;
import io.murmuration.protocol.function.mapping.MappingErrors;
import io.murmuration.protocol.function.mapping.MappingRequest.CreateMapping;
import io.murmuration.protocol.function.mapping.MappingRequest.DeleteMapping;
import io.murmuration.protocol.function.mapping.MappingRequest.GetMapping;
import io.murmuration.protocol.function.mapping.MappingRequest.ListMappings;
import io.murmuration.protocol.function.mapping.MappingRequest.UpdateMapping;
import io.murmuration.protocol.table.operation.StreamArn;
import io.murmuration.table.StreamFeed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Event source mappings in the catalogue. A change is durable first, and told to the shards after it. */
final class MappingService implements Mappings {
    private static final Logger LOG = LoggerFactory.getLogger(MappingService.class);

    /** What is durable is to be answered in time, whatever else is left to do. */
    private static final Duration ANSWERING = Duration.ofMillis(1_500);

    private final MappingDirectory directory;
    private final Parts parts;

    /** What it works with. */
    record Parts(
            Resources resources,
            Cursors cursors,
            Settling settling,
            StreamFeed streams,
            Function<FunctionName, CompletionStage<Boolean>> exists,
            TriggerSettings settings,
            Clock clock,
            Chance chance) {}

    MappingService(MappingDirectory directory, Parts parts) {
        this.directory = directory;
        this.parts = parts;
    }

    @Override
    public CompletionStage<MappingDescription> create(CreateMapping request, long deadlineNanos) {
        FilterPatterns.check(request.change().settings());
        return functionExists(request.function())
                .thenCompose(exists -> table(request.source(), deadlineNanos))
                .thenCompose(table -> create(request, table, deadlineNanos));
    }

    private CompletionStage<MappingDescription> create(CreateMapping request, long table, long deadlineNanos) {
        return parts.resources().confirm(deadlineNanos).thenCompose(confirmed -> {
            refuseSame(request.function(), request.source(), null);
            var mapping = new Mapping(
                    Uuids.random(parts.chance()),
                    request.function(),
                    request.source(),
                    table,
                    request.start(),
                    request.change().settings(),
                    request.enabled(),
                    Mapping.Status.CREATING,
                    parts.clock().millis(),
                    Resources.ABSENT);
            return store(mapping, deadlineNanos).thenCompose(stored -> settled(stored, deadlineNanos)
                    .thenApply(settled -> describe(stored, LastResults.NONE)));
        });
    }

    @Override
    public CompletionStage<MappingDescription> get(GetMapping request, long deadlineNanos) {
        return find(request.id(), deadlineNanos).thenCompose(this::described);
    }

    @Override
    public CompletionStage<Page> list(ListMappings request, long deadlineNanos) {
        return parts.resources().confirm(deadlineNanos).thenCompose(confirmed -> {
            var marker = request.marker();
            var found = directory.all().stream()
                    .filter(mapping -> marker == null || mapping.id().toString().compareTo(marker) > 0)
                    .filter(mapping -> request.function() == null
                            || arn(request.function()).equals(arn(mapping.function())))
                    .filter(mapping -> request.source() == null
                            || request.source().equals(mapping.source().text()))
                    .limit(request.itemsMax() + 1L)
                    .toList();
            var page = found.subList(0, Math.min(found.size(), request.itemsMax()));
            return described(page)
                    .thenApply(descriptions -> new Page(
                            descriptions,
                            found.size() > page.size() ? page.getLast().id().toString() : null));
        });
    }

    @Override
    public CompletionStage<MappingDescription> update(UpdateMapping request, long deadlineNanos) {
        return find(request.id(), deadlineNanos).thenCompose(before -> {
            if (!before.settled()) {
                throw new ServiceException(MappingErrors.inUse(before.state()));
            }
            var function = Objects.requireNonNullElse(request.function(), before.function());
            var enabled = Objects.requireNonNullElse(request.enabled(), before.enabled());
            var changed = before.changed(
                    function,
                    request.change().on(before.settings()),
                    enabled,
                    enabled == before.enabled() ? Mapping.Status.SETTLED : Mapping.Status.CHANGING,
                    parts.clock().millis());
            FilterPatterns.check(changed.settings());
            if (!function.equals(before.function())) {
                refuseSame(function, before.source(), before.id());
            }
            return functionExists(function)
                    .thenCompose(exists -> store(changed, deadlineNanos))
                    .thenCompose(stored -> settled(stored, deadlineNanos)
                            .thenCompose(settled -> parts.cursors().lastResult(stored.id()))
                            .thenApply(result ->
                                    describe(stored, stored.settled() ? "Updating" : stored.state(), result.text())));
        });
    }

    @Override
    public CompletionStage<MappingDescription> delete(DeleteMapping request, long deadlineNanos) {
        return find(request.id(), deadlineNanos)
                .thenCompose(before -> before.status() == Mapping.Status.DELETING
                        ? CompletableFuture.completedFuture(before)
                        : store(before.with(Mapping.Status.DELETING), deadlineNanos))
                .thenCompose(
                        deleting -> parts.cursors().lastResult(deleting.id()).thenCompose(result -> settled(
                                        deleting, deadlineNanos)
                                .thenApply(settled -> describe(deleting, result.text()))));
    }

    // ---- steps ----

    private CompletionStage<Mapping> find(String id, long deadlineNanos) {
        return parts.resources().confirm(deadlineNanos).thenApply(confirmed -> uuid(id).flatMap(directory::find)
                .orElseThrow(() -> new ServiceException(MappingErrors.notFound())));
    }

    private static Optional<UUID> uuid(String id) {
        try {
            return Optional.of(UUID.fromString(id))
                    .filter(parsed -> parsed.toString().equals(id));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private CompletionStage<Mapping> store(Mapping mapping, long deadlineNanos) {
        return parts.resources()
                .put(
                        Kind.EVENT_SOURCE,
                        mapping.id().toString(),
                        mapping.revision(),
                        MappingCodec.content(mapping),
                        deadlineNanos)
                .thenApply(outcome -> switch (outcome) {
                    case Outcome.Changed changed -> MappingCodec.read(changed.resource());
                    case Outcome.Conflict conflict ->
                        throw new ServiceException(conflict.now()
                                .map(now -> MappingErrors.inUse(
                                        MappingCodec.read(now).state()))
                                .orElseGet(MappingErrors::notFound));
                    case Outcome.Full full ->
                        throw new ServiceException(new ServiceError(
                                CommonError.UNAVAILABLE,
                                "The catalogue has no room for another event source mapping."));
                });
    }

    /** What is not done in time is done later, by the catalogue's leader. */
    private CompletionStage<Void> settled(Mapping mapping, long deadlineNanos) {
        var now = parts.clock().nanos();
        var left = Math.min(parts.settings().settlePatience().toNanos(), deadlineNanos - now - ANSWERING.toNanos());
        if (mapping.settled() || left <= 0) {
            return CompletableFuture.completedFuture(null);
        }
        var deadline = now + left;
        return parts.settling().settle(mapping, deadline).exceptionally(failure -> {
            LOG.info(
                    "A mapping could not be settled and will be later: {}, {}",
                    mapping.id(),
                    cause(failure).toString());
            return null;
        });
    }

    private CompletionStage<Void> functionExists(FunctionName function) {
        return parts.exists().apply(function).thenApply(found -> {
            if (!found) {
                throw new ServiceException(MappingErrors.functionNotFound(arn(function)));
            }
            return null;
        });
    }

    private CompletionStage<Long> table(StreamArn source, long deadlineNanos) {
        return parts.streams()
                .table(source, deadlineNanos)
                .thenApply(table ->
                        table.orElseThrow(() -> new ServiceException(MappingErrors.streamNotFound(source.text()))));
    }

    /** Two made at the same moment on two nodes may both be taken. */
    private void refuseSame(FunctionName function, StreamArn source, @Nullable UUID except) {
        for (var mapping : directory.all()) {
            if (!mapping.id().equals(except)
                    && mapping.source().equals(source)
                    && arn(mapping.function()).equals(arn(function))) {
                throw new ServiceException(MappingErrors.exists(
                        source.text(), function.name(), mapping.id().toString()));
            }
        }
    }

    // ---- descriptions ----

    private CompletionStage<MappingDescription> described(Mapping mapping) {
        return parts.cursors().lastResult(mapping.id()).thenApply(result -> describe(mapping, result.text()));
    }

    private CompletionStage<List<MappingDescription>> described(List<Mapping> mappings) {
        return parts.cursors().lastResults().thenApply(results -> {
            var descriptions = new ArrayList<MappingDescription>();
            for (var mapping : mappings) {
                descriptions.add(describe(
                        mapping,
                        results.getOrDefault(mapping.id(), LastResults.Result.NEVER)
                                .text()));
            }
            return descriptions;
        });
    }

    private MappingDescription describe(Mapping mapping, String lastResult) {
        return describe(mapping, mapping.state(), lastResult);
    }

    private MappingDescription describe(Mapping mapping, String state, String lastResult) {
        var settings = parts.settings();
        return new MappingDescription(
                mapping.id().toString(),
                "arn:aws:lambda:" + settings.region() + ":" + settings.account() + ":event-source-mapping:"
                        + mapping.id(),
                mapping.source().text(),
                arn(mapping.function()),
                mapping.start(),
                mapping.settings(),
                state,
                mapping.modifiedMillis(),
                lastResult);
    }

    private String arn(FunctionName function) {
        return function.arn(parts.settings().region(), parts.settings().account());
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
