package io.murmuration.protocol.object.body;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** ETags and checksums of an object that was uploaded in parts, from those of its parts in order. There is at least one. */
public final class PartSums {
    /**
     * A part's checksum and length.
     *
     * @param checksum not a composite one
     */
    public record Part(Checksum checksum, long bytes) {}

    private PartSums() {}

    /** @param etags of the parts: MD5 in hexadecimal */
    public static String etag(List<String> etags) {
        var md5 = RunningChecksum.of("MD5");
        etags.forEach(etag -> md5.update(ByteBuffer.wrap(HexFormat.of().parseHex(etag))));
        return HexFormat.of().formatHex(md5.value()) + "-" + etags.size();
    }

    /** The checksum of the checksums. All parts have the same algorithm. */
    public static Checksum composite(List<Checksum> parts) {
        var algorithm = parts.getFirst().algorithm();
        var running = algorithm.start();
        parts.forEach(part -> running.update(ByteBuffer.wrap(bytes(part))));
        return new Checksum(algorithm, Base64.getEncoder().encodeToString(running.value()) + "-" + parts.size());
    }

    /** The checksum that the bytes of all parts together have. All have the same algorithm, a CRC. */
    public static Checksum whole(List<Part> parts) {
        var algorithm = parts.getFirst().checksum().algorithm();
        var crc = CrcCombination.of(algorithm);
        long whole = 0; // of no bytes
        for (var part : parts) {
            whole = crc.combine(whole, number(bytes(part.checksum())), part.bytes());
        }
        var all = ByteBuffer.allocate(Long.BYTES).putLong(whole).array();
        var value = Arrays.copyOfRange(all, Long.BYTES - algorithm.bytes(), Long.BYTES);
        return new Checksum(algorithm, Base64.getEncoder().encodeToString(value));
    }

    private static byte[] bytes(Checksum checksum) {
        return Base64.getDecoder().decode(checksum.value());
    }

    private static long number(byte[] bigEndian) {
        long number = 0;
        for (byte b : bigEndian) {
            number = (number << Byte.SIZE) | (b & 0xFF);
        }
        return number;
    }
}
