package io.murmuration.function.instance;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.function.environment.EndReason;
import io.murmuration.protocol.ErrorCodes;
import io.murmuration.protocol.ServiceError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.pekko.util.ByteString;

/** Why an instance ended, as it travels between nodes. */
public final class EndCodec {
    private static final int CAPACITY = 64;
    private static final int SERVED = 1;
    private static final int NOT_STARTED = 2;
    private static final int EXITED_IN_INIT = 3;
    private static final int INIT_TIMED_OUT = 4;
    private static final int INIT_FAILED = 5;
    private static final int ENDED_IN_INIT = 6;
    private static final int REFUSED = 7;

    private EndCodec() {}

    public static byte[] encode(InstanceEnd end) {
        var to = new ByteWriter(CAPACITY);
        switch (end) {
            case InstanceEnd.OfEnvironment of -> encode(to, of.reason());
            case InstanceEnd.Refused refused ->
                bytes(
                        to.int8(REFUSED).text(ErrorCodes.name(refused.error().code())),
                        refused.error().message());
        }
        return to.toBytes();
    }

    private static void encode(ByteWriter to, EndReason reason) {
        switch (reason) {
            case EndReason.Served served -> to.int8(SERVED);
            case EndReason.EndedInInit ended -> to.int8(ENDED_IN_INIT);
            case EndReason.NotStarted not -> bytes(to.int8(NOT_STARTED), not.text());
            case EndReason.ExitedInInit exited -> to.int8(EXITED_IN_INIT).int32(exited.status());
            case EndReason.InitTimedOut late ->
                to.int8(INIT_TIMED_OUT).int64(late.after().toMillis());
            case EndReason.InitFailed failed ->
                to.int8(INIT_FAILED).bytes(failed.reported().toArrayUnsafe());
        }
    }

    /** @throws IllegalArgumentException if nothing of the kind was written */
    public static InstanceEnd decode(byte[] bytes) {
        var from = new ByteReader(bytes);
        int kind = from.int8();
        return switch (kind) {
            case SERVED -> new InstanceEnd.OfEnvironment(new EndReason.Served());
            case ENDED_IN_INIT -> new InstanceEnd.OfEnvironment(new EndReason.EndedInInit());
            case NOT_STARTED -> new InstanceEnd.OfEnvironment(new EndReason.NotStarted(text(from)));
            case EXITED_IN_INIT -> new InstanceEnd.OfEnvironment(new EndReason.ExitedInInit(from.int32()));
            case INIT_TIMED_OUT ->
                new InstanceEnd.OfEnvironment(new EndReason.InitTimedOut(Duration.ofMillis(from.int64())));
            case INIT_FAILED ->
                new InstanceEnd.OfEnvironment(new EndReason.InitFailed(ByteString.fromArrayUnsafe(from.bytes())));
            case REFUSED -> new InstanceEnd.Refused(new ServiceError(ErrorCodes.named(from.text()), text(from)));
            default -> throw new IllegalArgumentException("unknown end of an instance: " + kind);
        };
    }

    /** May be longer than a short text. */
    private static void bytes(ByteWriter to, String text) {
        to.bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteReader from) {
        return new String(from.bytes(), StandardCharsets.UTF_8);
    }
}
