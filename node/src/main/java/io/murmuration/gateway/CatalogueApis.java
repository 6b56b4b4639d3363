package io.murmuration.gateway;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.murmuration.base.Clock;
import io.murmuration.catalogue.Resources;
import io.murmuration.catalogue.Resources.Kind;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue's APIs, compiled when a request first asks for one after its resource has changed. The cache is bounded: what falls out is compiled again.
 */
final class CatalogueApis implements ServedApis {
    private static final int KEPT_MAX = 1000;

    private final Resources resources;
    private final Clock clock;
    private final Cache<String, ServedApi> compiled =
            Caffeine.newBuilder().maximumSize(KEPT_MAX).build();

    CatalogueApis(Resources resources, Clock clock) {
        this.resources = resources;
        this.clock = clock;
    }

    @Override
    public Optional<ServedApi> find(String id) {
        var resource = resources.find(Kind.API, id);
        if (resource.isEmpty()) {
            return Optional.empty();
        }
        var known = compiled.getIfPresent(id);
        return Optional.of(
                known != null && known.revision() >= resource.get().revision() ? known : compile(id, resource.get()));
    }

    /** One compiles for all who wait, and nothing older replaces what is newer. */
    private ServedApi compile(String id, Resources.Resource resource) {
        return compiled.asMap().compute(id, (same, known) -> compileAfter(known, resource));
    }

    private ServedApi compileAfter(@Nullable ServedApi known, Resources.Resource resource) {
        return known != null && known.revision() >= resource.revision()
                ? known
                : ApiCompiler.compile(ApiCodec.read(resource.content()), resource.revision(), known, clock.nanos());
    }

    @Override
    public CompletionStage<Void> confirm(long deadlineNanos) {
        return resources.confirm(deadlineNanos);
    }
}
