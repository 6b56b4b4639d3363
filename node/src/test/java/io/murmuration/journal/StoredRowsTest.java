package io.murmuration.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The bytes here are those that a release wrote: they are never changed, only added to. */
class StoredRowsTest {
    private static final Payload PAYLOAD = new Payload(17, "bird", "starling".getBytes(StandardCharsets.UTF_8));

    @Test
    void an_entity_record_keeps_its_bytes() {
        var record = new EntityRecord(9, 3, 7);
        var bytes = HexFormat.of().parseHex("01000000000000000900000000000000030000000000000007");

        assertThat(record.toBytes()).isEqualTo(bytes);
        assertThat(EntityRecord.read(bytes)).isEqualTo(record);
        assertThat(EntityRecord.read(null)).isEqualTo(EntityRecord.NEW);
    }

    @Test
    void a_stored_event_keeps_its_bytes() {
        var event = new StoredEvent(1_700_000_000_000L, "writer", "adapted", PAYLOAD, null);
        var bytes = HexFormat.of()
                .parseHex("010000018bcfe568000006777269746572000761646170746564000000110004626972640000000873746172"
                        + "6c696e6700");

        assertThat(event.toBytes()).isEqualTo(bytes);
        assertThat(StoredEvent.read(bytes)).isEqualTo(event);
    }

    @Test
    void a_snapshot_record_keeps_its_bytes() {
        var record = new SnapshotRecord(1_700_000_000_000L, 5, 2, 17, "bird", PAYLOAD);
        var bytes = HexFormat.of()
                .parseHex("010000018bcfe568000000000000000005000000020000001100046269726401000000110004626972640000"
                        + "0008737461726c696e67");

        assertThat(record.toBytes()).isEqualTo(bytes);
        assertThat(SnapshotRecord.read(bytes)).isEqualTo(record);
    }

    @Test
    void keys_keep_their_bytes() {
        assertThat(hex(Keys.row(new byte[] {1, 2}))).isEqualTo("720102");
        assertThat(hex(Keys.entity("ab"))).isEqualTo("736162");
        assertThat(hex(Keys.event("ab", 3))).isEqualTo("65000261620000000000000003");
        assertThat(hex(Keys.snapshot("ab", 3))).isEqualTo("7000026162000000000000000003");
        assertThat(hex(Keys.snapshotPart("ab", 3, 4, 5)))
                .isEqualTo("7000026162010000000000000003000000000000000400000005");
    }

    @Test
    void keys_give_back_their_numbers() {
        assertThat(Keys.sequenceNumberOfEvent(Keys.event("ab", 3))).isEqualTo(3);
        assertThat(Keys.sequenceNumberOfSnapshot(Keys.snapshot("ab", 3))).isEqualTo(3);
        assertThat(Keys.sequenceNumberOfPart(Keys.snapshotPart("ab", 3, 4, 5))).isEqualTo(3);
        assertThat(Keys.ownKey(Keys.row(new byte[] {1, 2}))).containsExactly(1, 2);
    }

    @Test
    void a_newer_format_version_is_refused() {
        assertThatThrownBy(() -> EntityRecord.read(new byte[] {2})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StoredEvent.read(new byte[] {2})).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SnapshotRecord.read(new byte[] {2})).isInstanceOf(IllegalArgumentException.class);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
