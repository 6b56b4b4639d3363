package io.murmuration.main;

import io.murmuration.base.Chance;
import io.murmuration.table.TableNode;
import io.murmuration.trigger.TriggerNode;
import io.murmuration.trigger.TriggerSettings;
import io.murmuration.trigger.http.MappingAdapter;
import java.util.List;
import java.util.Optional;

/** Event source mappings on this node: what reads streams for functions, and what serves those who make mappings. */
final class TriggerWiring {
    private TriggerWiring() {}

    static Wired serve(Parts parts, TableNode tables, FunctionWiring functions) {
        var ends = new TriggerNode.Ends(tables.feed(), functions.functions(), name -> functions
                .registry()
                .find(name.name(), name.qualifierOrLatest())
                .thenApply(Optional::isPresent));
        var mappings = TriggerNode.start(
                parts.system(),
                parts.journal(),
                parts.links(),
                parts.catalogue(),
                ends,
                TriggerSettings.defaults(),
                parts.clock(),
                Chance.secure());
        return new Wired(List.of(new MappingAdapter(mappings)), List.of());
    }
}
