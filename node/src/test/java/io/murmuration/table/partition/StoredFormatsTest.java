package io.murmuration.table.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.protocol.table.AttributeValue.N;
import io.murmuration.protocol.table.AttributeValue.S;
import io.murmuration.protocol.table.DynamoNumber;
import io.murmuration.protocol.table.KeyBytes;
import io.murmuration.protocol.table.KeyType;
import io.murmuration.protocol.table.TableSchema;
import io.murmuration.protocol.table.TableSchema.Billing;
import io.murmuration.protocol.table.TableSchema.KeyAttribute;
import io.murmuration.protocol.table.TableSchema.TableClass;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of what partitions store: earlier releases wrote these. */
class StoredFormatsTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final TableSchema SCHEMA = new TableSchema(
            "birds",
            "id",
            new KeyAttribute("k", KeyType.S),
            new KeyAttribute("s", KeyType.N),
            Billing.BY_REQUEST,
            TableClass.STANDARD,
            false,
            Map.of(),
            0);

    @Test
    void a_partition_key_hashes_as_ever() {
        assertThat(hash("")).isEqualTo(HASH_OF_EMPTY);
        assertThat(hash("KJFK")).isEqualTo(HASH_OF_KJFK);
        assertThat(hash("a key that is longer than thirty-two bytes, and than sixty-four of them"))
                .isEqualTo(HASH_OF_LONG);
    }

    @Test
    void an_items_key_is_table_hash_partition_key_and_sort_key() {
        var key = RowKeys.item(258, SCHEMA, Map.of("k", new S("KJFK"), "s", new N(DynamoNumber.of(5))));

        assertThat(HEX.formatHex(key))
                .isEqualTo("74" + "0000000000000102" + HASH_OF_KJFK + "4b4a464b0000" + "03800600");
        assertThat(HEX.toHexDigits(RowKeys.hashOf(key))).isEqualTo(HASH_OF_KJFK);
    }

    @Test
    void an_items_row_is_version_revision_size_and_item() {
        var row = StoredItem.of(258, Map.of("k", new S("v"))).toBytes();

        assertThat(HEX.formatHex(row)).isEqualTo("01" + "0000000000000102" + "00000002" + ITEM);
        assertThat(StoredItem.read(row)).isEqualTo(new StoredItem(258, 2, Map.of("k", new S("v"))));
        assertThat(StoredItem.sizeOf(row)).isEqualTo(2);
    }

    @Test
    void a_partitions_state_is_version_status_revision_count_and_size() {
        var state = new PartitionState(PartitionState.Status.CLOSED, 1, 2, 3);

        assertThat(HEX.formatHex(state.toBytes()))
                .isEqualTo("01" + "01" + "0000000000000001" + "0000000000000002" + "0000000000000003");
        assertThat(PartitionState.read(state.toBytes())).isEqualTo(state);
        assertThat(HEX.formatHex(RowKeys.state(258))).isEqualTo("70" + "0000000000000102");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 16, 64, 1_000_000})
    void the_parts_of_all_hashes_begin_where_the_group_changes(int parts) {
        for (var part = 1; part < Math.min(parts, 2_000); part++) {
            var first = PartitionHash.first(part, parts);

            assertThat(PartitionHash.group(first, parts)).isEqualTo(part + 1);
            assertThat(PartitionHash.group(first - 1, parts)).isEqualTo(part);
        }
        assertThat(PartitionHash.first(0, parts)).isZero();
        assertThat(PartitionHash.group(-1, parts)).isEqualTo(parts);
    }

    private static final String HASH_OF_EMPTY = "ec1877379c00d6f7";
    private static final String HASH_OF_KJFK = "4d98befcc1ddc434";
    private static final String HASH_OF_LONG = "bfa52c23ad34397c";
    private static final String ITEM = "0101016b010176";

    private static String hash(String key) {
        return HEX.toHexDigits(PartitionHash.of(KeyBytes.encode(new S(key))));
    }
}
