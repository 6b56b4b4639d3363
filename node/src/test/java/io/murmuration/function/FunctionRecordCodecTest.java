package io.murmuration.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.protocol.function.FunctionConfiguration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class FunctionRecordCodecTest {
    private static final Deployment BIRD = new Deployment(
            new FunctionConfiguration(
                    "bird",
                    "arn",
                    "$LATEST",
                    "python3.12",
                    "role",
                    "app.handler",
                    "flies",
                    3,
                    128,
                    Map.of("B", "2", "A", "1"),
                    List.of("x86_64"),
                    512,
                    42,
                    "sha",
                    1_700_000_000_000L,
                    "revision"),
            OptionalInt.of(5));

    /** What the first release with functions wrote. */
    private static final String STORED =
            "01000462697264000361726e0007244c4154455354000a707974686f6e332e31320004726f6c65000b6170702e68616e646c65720005666c696573000000030000008000000200000000000000002a00037368610000018bcfe5680000087265766973696f6e000000020001410001310001420001320000000100067838365f36340100000005";

    @Test
    void what_is_written_is_read() {
        assertThat(FunctionRecordCodec.decode(FunctionRecordCodec.encode(BIRD))).isEqualTo(BIRD);
    }

    @Test
    void bytes_of_the_first_release_are_still_read_and_written() {
        assertThat(FunctionRecordCodec.decode(HexFormat.of().parseHex(STORED))).isEqualTo(BIRD);
        assertThat(HexFormat.of().formatHex(FunctionRecordCodec.encode(BIRD))).isEqualTo(STORED);
    }

    @Test
    void bytes_of_a_later_release_are_refused() {
        assertThatThrownBy(() -> FunctionRecordCodec.decode(new byte[] {2, 0}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown version of a stored function: 2");
    }
}
