package io.murmuration.cluster;

import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import org.apache.pekko.serialization.ByteBufferSerializer;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** {@link LinkActor.Arrived} as the bytes that it holds. */
final class LinkSerializer extends SerializerWithStringManifest implements ByteBufferSerializer {
    private static final int IDENTIFIER = 776_001;
    private static final String FRAME = "F";

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object message) {
        return FRAME;
    }

    @Override
    public byte[] toBinary(Object message) {
        return ((LinkActor.Arrived) message).frame();
    }

    @Override
    public void toBinary(Object message, ByteBuffer buffer) {
        buffer.put(toBinary(message));
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        if (!manifest.equals(FRAME)) {
            throw new NotSerializableException("unknown manifest " + manifest);
        }
        return new LinkActor.Arrived(bytes);
    }

    @Override
    public Object fromBinary(ByteBuffer buffer, String manifest) throws NotSerializableException {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return fromBinary(bytes, manifest);
    }
}
