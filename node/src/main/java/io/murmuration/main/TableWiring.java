package io.murmuration.main;

import io.murmuration.base.Chance;
import io.murmuration.table.TableNode;
import io.murmuration.table.http.StreamAdapter;
import io.murmuration.table.http.TableAdapter;
import java.util.List;

/** Wires tables. */
final class TableWiring {
    private TableWiring() {}

    static TableNode start(Parts parts) {
        return TableNode.start(
                parts.system(),
                parts.journal(),
                parts.links(),
                parts.catalogue(),
                NodeConfig.tables(parts.settings(), parts.endpoint()),
                parts.clock(),
                Chance.secure());
    }

    static Wired serve(Parts parts, TableNode tables) {
        var encoding = parts.system().executionContext();
        int bodyBytesMax = parts.settings().http().bodyBytesMax();
        return new Wired(
                List.of(
                        new StreamAdapter(tables.streams(), encoding),
                        new TableAdapter(tables.tables(), encoding, bodyBytesMax)),
                List.of());
    }
}
