package io.murmuration.catalogue;

import io.murmuration.catalogue.CatalogueRules.Step;
import io.murmuration.catalogue.Resources.Kind;
import io.murmuration.catalogue.Resources.Outcome;
import io.murmuration.catalogue.Resources.Resource;
import io.murmuration.journal.RowChange;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How changes of resources are decided: only on the state that they were made for. */
final class ResourceRules {
    private ResourceRules() {}

    sealed interface Intent extends CatalogueRules.Intent {
        Kind kind();

        String name();

        long expectedRevision();
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Put(Kind kind, String name, long expectedRevision, byte[] content) implements Intent {}

    record Remove(Kind kind, String name, long expectedRevision) implements Intent {}

    record Decided(Outcome outcome) implements CatalogueRules.Reply {}

    static Step decide(CatalogueState state, Intent intent) {
        var now = state.resources().find(intent.kind(), intent.name());
        if (intent.expectedRevision() != (now == null ? Resources.ABSENT : now.revision())) {
            return new Step(state, List.of(), new Decided(new Outcome.Conflict(Optional.ofNullable(now))));
        }
        return switch (intent) {
            case Put put -> put(state, put, now);
            case Remove remove -> remove(state, now);
        };
    }

    private static Step put(CatalogueState state, Put put, @Nullable Resource now) {
        var revision = state.nextId();
        var resource = new Resource(put.kind(), put.name(), now == null ? revision : now.id(), revision, put.content());
        var after = state.resources().with(resource);
        if (after.bytes() > Resources.TOTAL_BYTES_MAX
                && after.bytes() > state.resources().bytes()) {
            return new Step(state, List.of(), new Decided(new Outcome.Full()));
        }
        return new Step(
                state.withResources(after, revision + 1),
                List.of(
                        new RowChange(CatalogueRows.nextId(), CatalogueRows.writeNextId(revision + 1)),
                        new RowChange(ResourceRows.key(put.kind(), put.name()), ResourceRows.write(resource))),
                new Decided(new Outcome.Changed(resource)));
    }

    private static Step remove(CatalogueState state, @Nullable Resource now) {
        if (now == null) {
            return new Step(state, List.of(), new Decided(new Outcome.Conflict(Optional.empty())));
        }
        return new Step(
                state.withResources(state.resources().without(now), state.nextId()),
                List.of(new RowChange(ResourceRows.key(now.kind(), now.name()), null)),
                new Decided(new Outcome.Changed(now)));
    }
}
