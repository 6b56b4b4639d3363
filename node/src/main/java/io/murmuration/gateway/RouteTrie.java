package io.murmuration.gateway;

import io.murmuration.protocol.gateway.RouteKey;
import io.murmuration.protocol.gateway.RouteKey.Greedy;
import io.murmuration.protocol.gateway.RouteKey.Text;
import io.murmuration.protocol.gateway.RouteKey.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route that takes a request, in API Gateway's order: first one whose whole path and method match, texts before variables and the method before
 * ANY; then one with a greedy variable, the longest path before it first; then the default route. A path that ends with a slash is another path.
 *
 * <p>Built once, then only read, by any thread. A search visits each of its nodes twice at most.
 */
public final class RouteTrie<T> {
    private final Node<T> root;
    private final @Nullable Entry<T> fallback;

    private RouteTrie(Node<T> root, @Nullable Entry<T> fallback) {
        this.root = root;
        this.fallback = fallback;
    }

    /**
     * What a request was matched with.
     *
     * @param parameters of the path, decoded, by the names that the route has for them
     */
    public record Match<T>(T value, Map<String, String> parameters) {}

    private record Entry<T>(RouteKey key, T value) {}

    private static final class Node<T> {
        final Map<String, Node<T>> texts = new HashMap<>();
        final Map<String, Entry<T>> here = new HashMap<>();
        final Map<String, Entry<T>> below = new HashMap<>();

        @Nullable
        Node<T> variable;

        Node<T> variable() {
            if (variable == null) {
                variable = new Node<>();
            }
            return variable;
        }

        static <T> @Nullable Entry<T> of(Map<String, Entry<T>> entries, String method) {
            var own = entries.get(method);
            return own == null ? entries.get(RouteKey.ANY) : own;
        }
    }

    /** @param key of each route; no two have the same shape */
    public static <T> RouteTrie<T> of(Iterable<T> routes, Function<T, RouteKey> key) {
        var root = new Node<T>();
        @Nullable Entry<T> fallback = null;
        for (var route : routes) {
            var entry = new Entry<>(key.apply(route), route);
            if (entry.key().isDefault()) {
                fallback = entry;
            } else {
                insert(root, entry);
            }
        }
        return new RouteTrie<>(root, fallback);
    }

    private static <T> void insert(Node<T> root, Entry<T> entry) {
        var node = root;
        for (var segment : entry.key().segments()) {
            switch (segment) {
                case Text text -> node = node.texts.computeIfAbsent(text.text(), first -> new Node<>());
                case Variable variable -> node = node.variable();
                case Greedy greedy -> {
                    node.below.put(entry.key().method(), entry);
                    return;
                }
            }
        }
        node.here.put(entry.key().method(), entry);
    }

    /**
     * @param path decoded, begins with a slash
     * @return null if no route takes the request
     */
    public @Nullable Match<T> find(String method, String path) {
        var segments = segments(path);
        var entry = exact(root, method, segments, 0);
        if (entry == null) {
            entry = greedy(root, method, segments, 0);
        }
        if (entry == null) {
            entry = fallback;
        }
        return entry == null ? null : new Match<>(entry.value(), parameters(entry.key(), segments));
    }

    private static <T> @Nullable Entry<T> exact(Node<T> node, String method, List<String> segments, int at) {
        if (at == segments.size()) {
            return Node.of(node.here, method);
        }
        var segment = segments.get(at);
        var text = node.texts.get(segment);
        var found = text == null ? null : exact(text, method, segments, at + 1);
        return found == null && node.variable != null && !segment.isEmpty()
                ? exact(node.variable, method, segments, at + 1)
                : found;
    }

    private static <T> @Nullable Entry<T> greedy(Node<T> node, String method, List<String> segments, int at) {
        if (at == segments.size()) {
            return null;
        }
        var segment = segments.get(at);
        var text = node.texts.get(segment);
        var found = text == null ? null : greedy(text, method, segments, at + 1);
        if (found == null && node.variable != null && !segment.isEmpty()) {
            found = greedy(node.variable, method, segments, at + 1);
        }
        // a greedy variable takes something: the slash alone is nothing
        boolean some = at < segments.size() - 1 || !segment.isEmpty();
        return found == null && some ? Node.of(node.below, method) : found;
    }

    private static List<String> segments(String path) {
        var segments = new ArrayList<String>();
        int from = 1;
        while (path.length() > 1) {
            int end = path.indexOf('/', from);
            if (end < 0) {
                segments.add(path.substring(from));
                return segments;
            }
            segments.add(path.substring(from, end));
            from = end + 1;
        }
        return segments;
    }

    private static Map<String, String> parameters(RouteKey key, List<String> segments) {
        var found = new LinkedHashMap<String, String>();
        for (int at = 0; at < key.segments().size(); at++) {
            switch (key.segments().get(at)) {
                case Text text -> {}
                case Variable variable -> found.put(variable.name(), segments.get(at));
                case Greedy greedy -> found.put(greedy.name(), String.join("/", segments.subList(at, segments.size())));
            }
        }
        return found;
    }
}
