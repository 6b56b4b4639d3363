package io.murmuration.catalogue;

import io.murmuration.base.ByteReader;
import io.murmuration.catalogue.Catalogue.Table;
import io.murmuration.catalogue.Resources.Resource;
import io.murmuration.journal.Rows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All tables and resources, as the rows of group 0 up to an index say. Immutable.
 *
 * @param index the rows hold at least everything up to this log index
 * @param nextId the id of the next table or resource to be made, and the revision of the next change of a resource
 * @param deleting those of the tables that are being deleted
 */
record CatalogueState(
        long index,
        long nextId,
        NavigableMap<String, Table> byName,
        Map<Long, Table> byId,
        List<Table> deleting,
        ResourceState resources) {
    static final CatalogueState EMPTY =
            new CatalogueState(0, 1, Collections.emptyNavigableMap(), Map.of(), List.of(), ResourceState.EMPTY);

    static CatalogueState read(Rows rows) {
        var index = rows.appliedIndex();
        var byName = new TreeMap<String, Table>();
        try (var walk = rows.scan(CatalogueRows.tablesFrom(), CatalogueRows.tablesTo(), false)) {
            while (walk.next()) {
                var table = CatalogueRows.readTable(walk.value());
                byName.put(table.schema().name(), table);
            }
        }
        var resources = new ArrayList<Resource>();
        try (var walk = rows.scan(ResourceRows.from(), ResourceRows.to(), false)) {
            while (walk.next()) {
                resources.add(ResourceRows.read(new ByteReader(walk.value())));
            }
        }
        return of(
                index, CatalogueRows.readNextId(rows.get(CatalogueRows.nextId())), byName, ResourceState.of(resources));
    }

    @Nullable
    Table table(String name) {
        return byName.get(name);
    }

    CatalogueState with(Table table) {
        var more = new TreeMap<>(byName);
        more.put(table.schema().name(), table);
        return of(index, Math.max(nextId, table.id() + 1), more, resources);
    }

    CatalogueState without(Table table) {
        var less = new TreeMap<>(byName);
        less.remove(table.schema().name());
        return of(index, nextId, less, resources);
    }

    CatalogueState withResources(ResourceState changed, long newNextId) {
        return new CatalogueState(index, newNextId, byName, byId, deleting, changed);
    }

    List<String> names(@Nullable String after, int limit) {
        var names = new ArrayList<String>();
        for (var name : (after == null ? byName : byName.tailMap(after, false)).keySet()) {
            if (names.size() == limit) {
                break;
            }
            names.add(name);
        }
        return names;
    }

    private static CatalogueState of(long index, long nextId, TreeMap<String, Table> byName, ResourceState resources) {
        var byId = new HashMap<Long, Table>();
        byName.values().forEach(table -> byId.put(table.id(), table));
        return new CatalogueState(
                index,
                nextId,
                Collections.unmodifiableNavigableMap(byName),
                Collections.unmodifiableMap(byId),
                byName.values().stream().filter(table -> !table.active()).toList(),
                resources);
    }
}
