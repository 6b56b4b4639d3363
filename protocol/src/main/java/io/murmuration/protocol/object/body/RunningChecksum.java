package io.murmuration.protocol.object.body;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A checksum as bytes go by. */
interface RunningChecksum {
    /** Reads what remains of the buffer. */
    void update(ByteBuffer bytes);

    /** Of all bytes; big-endian. Ends the checksum. */
    byte[] value();

    static RunningChecksum of(java.util.zip.Checksum crc, int width) {
        return new RunningChecksum() {
            @Override
            public void update(ByteBuffer bytes) {
                crc.update(bytes);
            }

            @Override
            public byte[] value() {
                var whole =
                        ByteBuffer.allocate(Long.BYTES).putLong(crc.getValue()).array();
                return Arrays.copyOfRange(whole, Long.BYTES - width, Long.BYTES);
            }
        };
    }

    /** @param name of a digest that every JDK has */
    static RunningChecksum of(String name) {
        var digest = digest(name);
        return new RunningChecksum() {
            @Override
            public void update(ByteBuffer bytes) {
                digest.update(bytes);
            }

            @Override
            public byte[] value() {
                return digest.digest();
            }
        };
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no " + name + " in this JDK", e);
        }
    }
}
