package io.murmuration.catalogue;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.catalogue.Catalogue.Table;
import io.murmuration.protocol.table.KeyType;
import io.murmuration.protocol.table.StreamView;
import io.murmuration.protocol.table.TableSchema;
import io.murmuration.protocol.table.TableSchema.Billing;
import io.murmuration.protocol.table.TableSchema.KeyAttribute;
import io.murmuration.protocol.table.TableSchema.TableClass;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of the catalogue in group 0. Stored: {@code c n} holds the next table's id, {@code c t name} a table. Enums are stored by name. A table of
 * version 1 is active; in version 2 the status follows, and the groups that have closed their partition; in version 3 also what its stream shows.
 */
final class CatalogueRows {
    private static final byte CATALOGUE = 'c';
    private static final byte NEXT_ID = 'n';
    private static final byte TABLE = 't';
    private static final int ACTIVE_VERSION = 1;
    private static final int STATUS_VERSION = 2;
    private static final int STREAM_VERSION = 3;

    private CatalogueRows() {}

    static byte[] nextId() {
        return new byte[] {CATALOGUE, NEXT_ID};
    }

    static byte[] table(String name) {
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(2 + bytes.length)
                .put(CATALOGUE)
                .put(TABLE)
                .put(bytes)
                .array();
    }

    static byte[] tablesFrom() {
        return new byte[] {CATALOGUE, TABLE};
    }

    static byte[] tablesTo() {
        return new byte[] {CATALOGUE, TABLE + 1};
    }

    static byte[] writeNextId(long id) {
        return ByteBuffer.allocate(Long.BYTES).putLong(id).array();
    }

    static long readNextId(byte @Nullable [] row) {
        return row == null ? 1 : ByteBuffer.wrap(row).getLong();
    }

    static byte[] writeTable(Table table) {
        var version = version(table);
        var to = new ByteWriter(128).int8(version).int64(table.id());
        writeSchema(to, table.schema());
        if (version >= STATUS_VERSION) {
            to.text(table.status().name()).int32(table.closed().size());
            table.closed().stream().sorted().forEach(to::int32);
        }
        if (version >= STREAM_VERSION) {
            writeStream(to, table.schema());
        }
        return to.toBytes();
    }

    /** The least that holds it all. */
    private static int version(Table table) {
        if (table.schema().stream() != null) {
            return STREAM_VERSION;
        }
        return table.active() ? ACTIVE_VERSION : STATUS_VERSION;
    }

    static Table readTable(byte[] row) {
        return readTable(new ByteReader(row));
    }

    static Table readTable(ByteReader from) {
        var version = from.int8();
        return switch (version) {
            case ACTIVE_VERSION -> new Table(from.int64(), readSchema(from));
            case STATUS_VERSION -> readWithStatus(from);
            case STREAM_VERSION -> {
                var table = readWithStatus(from);
                yield new Table(table.id(), readStream(from, table.schema()), table.status(), table.closed());
            }
            default -> throw new IllegalArgumentException("unknown version of a stored table: " + version);
        };
    }

    private static Table readWithStatus(ByteReader from) {
        return new Table(from.int64(), readSchema(from), Catalogue.Status.valueOf(from.text()), readGroups(from));
    }

    /** What the table's stream shows; empty if there is none. */
    static void writeStream(ByteWriter to, TableSchema schema) {
        var stream = schema.stream();
        to.text(stream == null ? "" : stream.name());
    }

    static TableSchema readStream(ByteReader from, TableSchema schema) {
        var name = from.text();
        return name.isEmpty() ? schema : schema.withStream(StreamView.valueOf(name));
    }

    private static Set<Integer> readGroups(ByteReader from) {
        var groups = new HashSet<Integer>();
        for (var left = from.count(); left > 0; left--) {
            groups.add(from.int32());
        }
        return groups;
    }

    /** All but the stream. */
    static void writeSchema(ByteWriter to, TableSchema schema) {
        to.text(schema.name()).text(schema.id());
        writeKey(to, schema.partitionKey());
        var sortKey = schema.sortKey();
        to.flag(sortKey != null);
        if (sortKey != null) {
            writeKey(to, sortKey);
        }
        to.text(schema.billing().mode().name())
                .int64(schema.billing().readUnits())
                .int64(schema.billing().writeUnits())
                .text(schema.tableClass().name())
                .flag(schema.deletionProtection())
                .int64(schema.createdMillis())
                .int32(schema.tags().size());
        schema.tags().forEach((name, value) -> to.text(name).text(value));
    }

    static TableSchema readSchema(ByteReader from) {
        var name = from.text();
        var id = from.text();
        var partitionKey = readKey(from);
        var sortKey = from.flag() ? readKey(from) : null;
        var billing = new Billing(Billing.Mode.valueOf(from.text()), from.int64(), from.int64());
        var tableClass = TableClass.valueOf(from.text());
        var deletionProtection = from.flag();
        var createdMillis = from.int64();
        var tags = new LinkedHashMap<String, String>();
        for (var left = from.count(); left > 0; left--) {
            tags.put(from.text(), from.text());
        }
        return new TableSchema(
                name,
                id,
                partitionKey,
                sortKey,
                billing,
                tableClass,
                deletionProtection,
                Collections.unmodifiableMap(tags),
                createdMillis);
    }

    private static void writeKey(ByteWriter to, KeyAttribute key) {
        to.text(key.name()).text(key.type().name());
    }

    private static KeyAttribute readKey(ByteReader from) {
        return new KeyAttribute(from.text(), KeyType.valueOf(from.text()));
    }
}
