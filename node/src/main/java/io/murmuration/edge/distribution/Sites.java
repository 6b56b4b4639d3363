package io.murmuration.edge.distribution;

import io.murmuration.catalogue.Resources;
import io.murmuration.catalogue.Resources.Kind;
import io.murmuration.catalogue.Resources.Resource;
import io.murmuration.edge.presence.Origin;
import io.murmuration.edge.presence.Site;
import io.murmuration.protocol.edge.DistributionConfig;
import io.murmuration.protocol.edge.DistributionConfig.OriginConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * This node's view of all distributions, by the hosts that viewers call them. Look-ups are for any thread and cost a hash; {@link #refresh} makes a new
 * view, in which what did not change is the same as before.
 *
 * <p>Of two distributions that have the same alias, which only an update with an unknown outcome can bring about, the one that was made first has it.
 */
public final class Sites {
    private static final int LIST_MAX = 1000;
    private static final List<String> SUFFIXES =
            List.of(".cloudfront.localhost", ".cloudfront.localhost.localstack.cloud", ".cloudfront.net");

    private final Resources resources;
    private final BiFunction<String, OriginConfig, Origin> origins;
    private volatile View view = new View(Map.of(), Map.of(), Map.of());

    /** @param origins makes them, for the distribution of that id */
    public Sites(Resources resources, BiFunction<String, OriginConfig, Origin> origins) {
        this.resources = resources;
        this.origins = origins;
    }

    /** @param made by the distribution's id, with the revision that it was made of */
    private record View(Map<String, Hosted> byId, Map<String, Hosted> byAlias, Map<String, Made> made) {}

    private record Made(long revision, List<String> aliases, Hosted hosted) {}

    /** The distribution that viewers call by this host, in lower case and without a port; null if there is none. */
    public @Nullable Hosted byHost(String host) {
        var now = view;
        var byAlias = now.byAlias().get(host);
        if (byAlias != null) {
            return byAlias;
        }
        var id = idOf(host);
        if (id != null) {
            return now.byId().get(id);
        }
        for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            var byWildcard = now.byAlias().get("*" + host.substring(dot));
            if (byWildcard != null) {
                return byWildcard;
            }
        }
        return null;
    }

    /** By its id, in whatever case. */
    public @Nullable Hosted byId(String id) {
        return view.byId().get(id.toUpperCase(Locale.ROOT));
    }

    /** The id that the host names, whether there is such a distribution or not; null if it is no host of this CDN. */
    public static @Nullable String idOf(String host) {
        for (var suffix : SUFFIXES) {
            if (host.endsWith(suffix) && host.indexOf('.') == host.length() - suffix.length()) {
                return host.substring(0, host.indexOf('.')).toUpperCase(Locale.ROOT);
            }
        }
        return null;
    }

    /** Takes over what the catalogue shows here. The sites that are no more. */
    synchronized List<String> refresh() {
        var before = view;
        var byId = new HashMap<String, Hosted>();
        var byAlias = new HashMap<String, Hosted>();
        var made = new HashMap<String, Made>();
        for (var resource : distributions(resources)) {
            var known = before.made().get(resource.name());
            var now = known != null && known.revision() == resource.revision() ? known : make(resource);
            made.put(resource.name(), now);
            byId.put(resource.name(), now.hosted());
        }
        made.values().stream()
                .sorted((one, other) -> Long.compare(
                        incarnation(one.hosted().site().id()),
                        incarnation(other.hosted().site().id())))
                .forEach(each -> each.aliases().forEach(alias -> byAlias.putIfAbsent(alias, each.hosted())));
        view = new View(Map.copyOf(byId), Map.copyOf(byAlias), Map.copyOf(made));
        var there = byId.values().stream().map(hosted -> hosted.site().id()).collect(Collectors.toSet());
        return before.byId().values().stream()
                .map(hosted -> hosted.site().id())
                .filter(site -> !there.contains(site))
                .toList();
    }

    private Made make(Resource resource) {
        var config = StoredDistribution.decode(resource.content()).config();
        return new Made(resource.revision(), config.aliases(), hosted(resource, config));
    }

    private Hosted hosted(Resource resource, DistributionConfig config) {
        var byId = new HashMap<String, Origin>();
        config.origins().forEach(origin -> byId.put(origin.id(), origins.apply(resource.name(), origin)));
        var site = new Site(siteId(resource.name(), resource.id()), BehaviourRules.behaviours(config), byId);
        return new Hosted(resource.name(), site, config.enabled(), config.defaultRootObject());
    }

    static String siteId(String distribution, long incarnation) {
        return distribution + "." + incarnation;
    }

    private static long incarnation(String siteId) {
        return Long.parseLong(siteId.substring(siteId.indexOf('.') + 1));
    }

    /** All distributions that the catalogue shows here. */
    static List<Resource> distributions(Resources resources) {
        var found = new ArrayList<Resource>();
        String after = null;
        while (true) {
            var page = resources.list(Kind.DISTRIBUTION, after, LIST_MAX);
            for (var resource : page) {
                if (Names.isInvalidation(resource.name())) {
                    return found;
                }
                found.add(resource);
            }
            if (page.size() < LIST_MAX) {
                return found;
            }
            after = page.getLast().name();
        }
    }

    /** Invalidations whose resources' names begin so. */
    static List<Resource> invalidations(Resources resources, String prefix) {
        var found = new ArrayList<Resource>();
        var after = prefix;
        while (true) {
            var page = resources.list(Kind.DISTRIBUTION, after, LIST_MAX);
            for (var resource : page) {
                if (!resource.name().startsWith(prefix)) {
                    return found;
                }
                found.add(resource);
            }
            if (page.size() < LIST_MAX) {
                return found;
            }
            after = page.getLast().name();
        }
    }
}
