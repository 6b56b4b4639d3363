package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.AttributeValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A compiled projection expression: the part of an item that a reader asked for. Immutable. */
public final class Projection {
    private final List<DocumentPath> paths;
    private final PathTree<DocumentPath> tree;

    private Projection(List<DocumentPath> paths, PathTree<DocumentPath> tree) {
        this.paths = paths;
        this.tree = tree;
    }

    static Projection of(String kind, List<DocumentPath> paths) {
        return new Projection(List.copyOf(paths), PathTree.of(kind, paths, paths));
    }

    /** Whole attributes by name, none twice: what the legacy parameter {@code AttributesToGet} asks for. */
    public static Projection ofAttributes(List<String> names) {
        return of(
                "AttributesToGet",
                names.stream()
                        .map(name -> new DocumentPath(List.of(new DocumentPath.Name(name))))
                        .toList());
    }

    /**
     * The part of the item at these paths, in maps and lists as in the item. Elements of a list keep their order and close up; what does not
     * exist is left out, and so is a container of which nothing is found.
     */
    public Map<String, AttributeValue> of(Map<String, AttributeValue> item) {
        return entries(item, tree);
    }

    private static Map<String, AttributeValue> entries(
            Map<String, AttributeValue> entries, PathTree<DocumentPath> tree) {
        var found = new LinkedHashMap<String, AttributeValue>();
        for (var wanted : tree.names().entrySet()) {
            var value = value(entries.get(wanted.getKey()), wanted.getValue());
            if (value != null) {
                found.put(wanted.getKey(), value);
            }
        }
        return Collections.unmodifiableMap(found);
    }

    private static List<AttributeValue> elements(List<AttributeValue> elements, PathTree<DocumentPath> tree) {
        var found = new ArrayList<AttributeValue>();
        for (var wanted : tree.indexes().entrySet()) {
            if (wanted.getKey() >= elements.size()) {
                break;
            }
            var value = value(elements.get(wanted.getKey()), wanted.getValue());
            if (value != null) {
                found.add(value);
            }
        }
        return Collections.unmodifiableList(found);
    }

    private static @Nullable AttributeValue value(@Nullable AttributeValue value, PathTree<DocumentPath> tree) {
        if (tree.leaf() != null) {
            return value;
        }
        if (value instanceof AttributeValue.M map) {
            var found = entries(map.values(), tree);
            return found.isEmpty() ? null : new AttributeValue.M(found);
        }
        if (value instanceof AttributeValue.L list) {
            var found = elements(list.values(), tree);
            return found.isEmpty() ? null : new AttributeValue.L(found);
        }
        return null;
    }

    /** In the order of the text. */
    public List<DocumentPath> paths() {
        return paths;
    }

    /**
     * Refuses a path that leads into a key attribute.
     *
     * @param what {@code Key} for a table's key, {@code IndexKey} for an index's
     */
    public void requireScalarKeys(Collection<String> keys, String what) {
        Refusals.requireScalars(paths, keys, what);
    }
}
