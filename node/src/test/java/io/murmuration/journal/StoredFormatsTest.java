package io.murmuration.journal;

import static io.murmuration.journal.StoreTesting.bytes;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.consensus.Entry;
import io.murmuration.consensus.HardState;
import io.murmuration.consensus.Voters;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bytes of the stores' formats as they were first written; a change of a format adds a file and keeps the old ones readable. */
class StoredFormatsTest {
    private static final Entry ENTRY = new Entry(42, 7, Entry.Kind.COMMAND, bytes("payload"));
    private static final int PREVIOUS_CHECKSUM = 0x01020304;
    private static final StateMark MARK = new StateMark(42, 7, Voters.of(List.of(1L, 2L, 3L)));

    @Test
    void a_log_entry() {
        var stored = fixture("log-entry-1");

        assertThat(EntryCodec.encode(ENTRY, PREVIOUS_CHECKSUM)).isEqualTo(stored);
        assertThat(EntryCodec.decode(stored).entry()).isEqualTo(ENTRY);
        assertThat(EntryCodec.decode(stored).previousChecksum()).isEqualTo(PREVIOUS_CHECKSUM);
    }

    @Test
    void each_kind_of_entry_keeps_its_code() {
        for (var kind : Entry.Kind.values()) {
            var entry = new Entry(1, 1, kind, new byte[0]);
            var record = EntryCodec.encode(entry, 0);

            assertThat(EntryCodec.decode(record).entry()).isEqualTo(entry);
            assertThat(record[1])
                    .isEqualTo((byte) List.of(Entry.Kind.TERM_OPENED, Entry.Kind.VOTERS, Entry.Kind.COMMAND)
                            .indexOf(kind));
        }
    }

    @Test
    void a_hard_state() {
        var hardState = new HardState(7, 1234567890123L);

        assertThat(LogStoreCodec.encode(hardState)).isEqualTo(fixture("hard-state-1"));
        assertThat(LogStoreCodec.hardState(fixture("hard-state-1"))).isEqualTo(hardState);
    }

    @Test
    void a_logs_start() {
        var start = new LogStart(41, 7, PREVIOUS_CHECKSUM);

        assertThat(LogStoreCodec.encode(start)).isEqualTo(fixture("log-start-1"));
        assertThat(LogStoreCodec.logStart(fixture("log-start-1"))).isEqualTo(start);
    }

    @Test
    void a_number() {
        assertThat(LogStoreCodec.encode(99)).isEqualTo(fixture("number-1"));
        assertThat(LogStoreCodec.number(fixture("number-1"))).isEqualTo(99);
    }

    @Test
    void a_groups_applied_index_with_and_without_voters() {
        assertThat(MARK.encode()).isEqualTo(fixture("state-mark-1"));
        assertThat(StateMark.decode(fixture("state-mark-1"))).isEqualTo(MARK);
        assertThat(StateMark.decode(StateMark.EMPTY.encode())).isEqualTo(StateMark.EMPTY);
    }

    @Test
    void a_snapshot_stream(@TempDir Path dir) throws IOException {
        var written = new ByteArrayOutputStream();
        try (var store = StateStore.open(dir, StateStoreOptions.defaults(), StoreTesting.NEVER)) {
            store.state(5).apply(List.of(StateStoreTest.put("k", "value")), 42, 7, MARK.voters());
            written.writeBytes(SnapshotTest.export(store, 5));
        }

        assertThat(written.toByteArray()).isEqualTo(fixture("snapshot-1"));
        var reader = SnapshotReader.open(new ByteArrayInputStream(fixture("snapshot-1")));
        assertThat(reader.header()).isEqualTo(new SnapshotHeader(5, 42, 7, MARK.voters()));
        var row = Objects.requireNonNull(reader.next());
        assertThat(row.key()).isEqualTo(bytes("k"));
        assertThat(row.value()).isEqualTo(bytes("value"));
        assertThat(reader.next()).isNull();
    }

    @Test
    void a_changed_bit_or_another_version_is_damage() {
        var stored = fixture("hard-state-1");
        for (int at = 0; at < stored.length; at++) {
            var changed = stored.clone();
            changed[at] ^= 0x20;
            assertThatThrownBy(() -> LogStoreCodec.hardState(changed))
                    .as("byte %d", at)
                    .isInstanceOf(DamagedStoreException.class);
        }
        var newer = SealedRecord.seal((byte) 2, 16, fields -> fields.putLong(1).putLong(1));
        assertThatThrownBy(() -> LogStoreCodec.hardState(newer))
                .isInstanceOf(DamagedStoreException.class)
                .hasMessageContaining("version");
        assertThatThrownBy(() -> LogStoreCodec.hardState(new byte[2])).isInstanceOf(DamagedStoreException.class);
    }

    @Test
    void keys_are_ordered_by_group_kind_and_index() {
        assertThat(HexFormat.of().formatHex(StoreKeys.entry(258, 3))).isEqualTo("0000010202" + "0000000000000003");
        assertThat(HexFormat.of().formatHex(StoreKeys.row(1, bytes("k")))).isEqualTo("0000000102" + "6b");
        assertThat(HexFormat.of().formatHex(StoreKeys.FORMAT)).isEqualTo("ffffffffff");
        assertThat(StoreKeys.entryIndex(StoreKeys.entry(258, 3))).isEqualTo(3);
        assertThat(StoreKeys.group(StoreKeys.entry(258, 3))).isEqualTo(258);
    }

    /** Hexadecimal digits in a file of the resources, white space between them ignored. */
    private static byte[] fixture(String name) {
        try (var file = StoredFormatsTest.class.getResourceAsStream(name + ".hex")) {
            var digits = new String(Objects.requireNonNull(file, name).readAllBytes(), US_ASCII);
            return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
