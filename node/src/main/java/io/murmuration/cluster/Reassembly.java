package io.murmuration.cluster;

import io.murmuration.base.ByteWriter;
import org.jspecify.annotations.Nullable;

/** Puts envelopes together again. Their parts arrive in order or not at all, so there is one at a time; a gap gives it up. */
final class Reassembly {
    private final int bytesMax;
    private long nextNumber;
    private int nextPart;
    private @Nullable ByteWriter parts;

    Reassembly(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** The envelope that the frame completes, or null. */
    byte @Nullable [] add(LinkFrame frame) {
        if (frame.part() == 0) {
            parts = null;
            nextPart = 0;
        } else if (parts == null || frame.number() != nextNumber || frame.part() != nextPart) {
            forget();
            return null;
        }
        if (frame.parts() == 1) {
            return frame.content();
        }
        if (parts == null) {
            parts = new ByteWriter(frame.content().length * 2);
        }
        if (parts.size() + frame.content().length > bytesMax) {
            forget();
            return null;
        }
        parts.raw(frame.content());
        nextNumber = frame.number() + 1;
        nextPart = frame.part() + 1;
        if (nextPart < frame.parts()) {
            return null;
        }
        var whole = parts.toBytes();
        forget();
        return whole;
    }

    void forget() {
        parts = null;
        nextPart = 0;
    }
}
