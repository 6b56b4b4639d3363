package io.murmuration.protocol.object.body;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectErrors;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** The checksums that S3 knows. Source: S3 user guide, "Checking object integrity". */
public enum ChecksumAlgorithm {
    CRC32(Integer.BYTES),
    CRC32C(Integer.BYTES),
    CRC64NVME(Long.BYTES),
    SHA1(20),
    SHA256(32);

    private final int bytes;
    private final String header = "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);

    ChecksumAlgorithm(int bytes) {
        this.bytes = bytes;
    }

    /** The one that a client names, in any case. */
    public static ChecksumAlgorithm named(String name) {
        for (var algorithm : values()) {
            if (algorithm.name().equalsIgnoreCase(name)) {
                return algorithm;
            }
        }
        throw new ServiceException(ObjectErrors.invalidRequest(
                "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
                        + Arrays.toString(values())));
    }

    /** Length of a value. */
    public int bytes() {
        return bytes;
    }

    /** The header or trailer that carries it, in lower case. */
    public String header() {
        return header;
    }

    /** The XML element that carries it. */
    public String element() {
        return "Checksum" + name();
    }

    /** Whether checksums of parts give the whole's. */
    public boolean isCrc() {
        return this == CRC32 || this == CRC32C || this == CRC64NVME;
    }

    RunningChecksum start() {
        return switch (this) {
            case CRC32 -> RunningChecksum.of(new CRC32(), bytes);
            case CRC32C -> RunningChecksum.of(new CRC32C(), bytes);
            case CRC64NVME -> RunningChecksum.of(new Crc64Nvme(), bytes);
            case SHA1 -> RunningChecksum.of("SHA-1");
            case SHA256 -> RunningChecksum.of("SHA-256");
        };
    }
}
