package io.murmuration.function.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.function.environment.EndReason;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EndCodecTest {
    @ParameterizedTest
    @MethodSource("ends")
    void what_is_written_is_read(InstanceEnd end) {
        assertThat(EndCodec.decode(EndCodec.encode(end))).isEqualTo(end);
    }

    static Stream<InstanceEnd> ends() {
        return Stream.of(
                of(new EndReason.Served()),
                of(new EndReason.EndedInInit()),
                of(new EndReason.NotStarted("fork/exec: " + "x".repeat(70_000))),
                of(new EndReason.ExitedInInit(137)),
                of(new EndReason.InitTimedOut(Duration.ofSeconds(10))),
                of(new EndReason.InitFailed(ByteString.fromString("{\"errorType\":\"X\"}"))),
                new InstanceEnd.Refused(new ServiceError(CommonError.UNAVAILABLE, "no code")));
    }

    @Test
    void what_nobody_wrote_is_refused() {
        assertThatThrownBy(() -> EndCodec.decode(new byte[] {99})).isInstanceOf(IllegalArgumentException.class);
    }

    private static InstanceEnd of(EndReason reason) {
        return new InstanceEnd.OfEnvironment(reason);
    }
}
