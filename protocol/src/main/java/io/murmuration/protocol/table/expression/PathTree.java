package io.murmuration.protocol.table.expression;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Paths that share no place, as a tree: each ends in a leaf of its own. Built in time linear in the paths, so that an expression with two
 * thousand of them costs no more than it should.
 *
 * @param <T> what a path leads to
 */
final class PathTree<T> {
    private final Map<String, PathTree<T>> names = new LinkedHashMap<>();
    private final TreeMap<Integer, PathTree<T>> indexes = new TreeMap<>();
    private final int first;
    private @Nullable T leaf;

    /** @param first the number of the first path that came through here */
    private PathTree(int first) {
        this.first = first;
    }

    /**
     * Refuses paths of which one contains another; then paths that take the same place for a map and for a list.
     *
     * @param leaves one for each path
     */
    static <T> PathTree<T> of(String kind, List<DocumentPath> paths, List<T> leaves) {
        var root = new PathTree<T>(0);
        int @Nullable [] conflict = null;
        for (int i = 0; i < paths.size(); i++) {
            var node = root;
            for (var step : paths.get(i).steps()) {
                requireNoOverlap(kind, paths, node.leaf != null, node, i);
                if (conflict == null && node.rivalOf(step) >= 0) {
                    conflict = new int[] {node.rivalOf(step), i};
                }
                node = node.child(step, i);
            }
            requireNoOverlap(kind, paths, node.first != i, node, i);
            node.leaf = leaves.get(i);
        }
        if (conflict != null) {
            throw Refusals.paths(kind, "conflict", paths.get(conflict[0]), paths.get(conflict[1]));
        }
        return root;
    }

    private static void requireNoOverlap(
            String kind, List<DocumentPath> paths, boolean overlaps, PathTree<?> node, int path) {
        if (overlaps) {
            throw Refusals.paths(kind, "overlap", paths.get(node.first), paths.get(path));
        }
    }

    /** The first path that went on from here by the other sort of step; -1 if none did. */
    private int rivalOf(DocumentPath.Step step) {
        var others = step instanceof DocumentPath.Name ? indexes.values() : names.values();
        return others.stream().mapToInt(other -> other.first).min().orElse(-1);
    }

    private PathTree<T> child(DocumentPath.Step step, int path) {
        return switch (step) {
            case DocumentPath.Name name -> names.computeIfAbsent(name.value(), key -> new PathTree<>(path));
            case DocumentPath.Index index -> indexes.computeIfAbsent(index.value(), key -> new PathTree<>(path));
        };
    }

    /** What the path that ends here leads to; null if paths go on. */
    @Nullable
    T leaf() {
        return leaf;
    }

    /** Where paths go on into a map. */
    Map<String, PathTree<T>> names() {
        return names;
    }

    /** Where paths go on into a list, in ascending order. */
    Map<Integer, PathTree<T>> indexes() {
        return indexes;
    }
}
