package io.murmuration.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AppliedRowsSerializerTest {
    private final AppliedRowsSerializer serializer = new AppliedRowsSerializer();

    @Test
    void the_stored_form_is_one_byte_and_still_read() {
        assertThat(serializer.toBinary(new AppliedRows())).containsExactly(1);
        assertThat(serializer.fromBinary(new byte[] {1})).isEqualTo(new AppliedRows());
    }

    @Test
    void another_form_is_refused() {
        assertThatThrownBy(() -> serializer.fromBinary(new byte[] {2})).isInstanceOf(IllegalArgumentException.class);
    }
}
