package io.murmuration.protocol.table.expression;

import io.murmuration.protocol.table.AttributeValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes the new image of one item. It walks the tree of changes once, so each list is rebuilt at once from its elements before the update, and
 * only the containers on the way to a change are copied.
 */
final class ItemUpdate {
    private final Map<String, AttributeValue> before;
    private final boolean exists;

    ItemUpdate(Map<String, AttributeValue> before, boolean exists) {
        this.before = before;
        this.exists = exists;
    }

    Map<String, AttributeValue> item(PathTree<Change> changes) {
        return map(before, changes);
    }

    private Map<String, AttributeValue> map(Map<String, AttributeValue> entries, PathTree<Change> changes) {
        var after = new LinkedHashMap<>(entries);
        for (var change : changes.names().entrySet()) {
            var value = value(entries.get(change.getKey()), change.getValue());
            if (value == null) {
                after.remove(change.getKey());
            } else {
                after.put(change.getKey(), value);
            }
        }
        return Collections.unmodifiableMap(after);
    }

    /** Elements beyond the end are appended in the order of their indexes; removed ones leave no gap. */
    private List<AttributeValue> list(List<AttributeValue> elements, PathTree<Change> changes) {
        var after = new ArrayList<@Nullable AttributeValue>(elements);
        for (var change : changes.indexes().entrySet()) {
            int index = change.getKey();
            if (index < elements.size()) {
                after.set(index, value(elements.get(index), change.getValue()));
            } else {
                after.add(value(null, change.getValue()));
            }
        }
        return after.stream().filter(Objects::nonNull).toList();
    }

    private @Nullable AttributeValue value(@Nullable AttributeValue current, PathTree<Change> changes) {
        if (changes.leaf() != null) {
            return changes.leaf().apply(before, current);
        }
        if (current instanceof AttributeValue.M map && changes.indexes().isEmpty()) {
            return new AttributeValue.M(map(map.values(), changes));
        }
        if (current instanceof AttributeValue.L list && changes.names().isEmpty()) {
            return new AttributeValue.L(list(list.values(), changes));
        }
        if (!exists && current == null && onlyRemoves(changes)) {
            return null;
        }
        throw Refusals.pathNotUpdatable();
    }

    private static boolean onlyRemoves(PathTree<Change> changes) {
        if (changes.leaf() != null) {
            return changes.leaf() instanceof Change.Remove;
        }
        return changes.names().values().stream().allMatch(ItemUpdate::onlyRemoves)
                && changes.indexes().values().stream().allMatch(ItemUpdate::onlyRemoves);
    }
}
