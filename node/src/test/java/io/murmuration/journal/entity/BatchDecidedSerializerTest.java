package io.murmuration.journal.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.journal.RowChange;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchDecidedSerializerTest {
    private static final BatchDecided EVENT = new BatchDecided(
            List.of(new RowChange(new byte[] {1, 2}, new byte[] {3}), new RowChange(new byte[] {4}, null)));
    private static final String STORED =
            "01" + "00000002" + "00000002" + "0102" + "00000001" + "03" + "00000001" + "04" + "ffffffff";

    private final BatchDecidedSerializer serializer = new BatchDecidedSerializer();

    @Test
    void the_stored_form_is_the_one_that_earlier_releases_wrote() {
        assertThat(HexFormat.of().formatHex(serializer.toBinary(EVENT))).isEqualTo(STORED);
    }

    @Test
    void what_earlier_releases_wrote_is_still_read() {
        assertThat(serializer.fromBinaryJava(HexFormat.of().parseHex(STORED), null))
                .isEqualTo(EVENT);
    }

    @Test
    void a_newer_form_is_refused() {
        assertThatThrownBy(() -> serializer.fromBinaryJava(new byte[] {2, 0, 0, 0, 0}, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
