package io.murmuration.journal;

import org.apache.pekko.serialization.JSerializer;
import org.jspecify.annotations.Nullable;

/** {@link AppliedRows} as one byte, the format version: it is offered as a snapshot, and may be saved as one. */
public final class AppliedRowsSerializer extends JSerializer {
    private static final int IDENTIFIER = 776_002;
    private static final byte VERSION = 1;

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public boolean includeManifest() {
        return false;
    }

    @Override
    public byte[] toBinary(Object rows) {
        return new byte[] {VERSION};
    }

    @Override
    public Object fromBinaryJava(byte[] bytes, @Nullable Class<?> manifest) {
        if (bytes.length != 1 || bytes[0] != VERSION) {
            throw new IllegalArgumentException("not the rows of a known format version");
        }
        return new AppliedRows();
    }
}
