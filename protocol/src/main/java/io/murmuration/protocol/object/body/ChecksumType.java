package io.murmuration.protocol.object.body;

import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectErrors;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an object's checksum is taken of. */
public enum ChecksumType {
    /** The checksums of its parts. */
    COMPOSITE,
    /** Its bytes. */
    FULL_OBJECT;

    /**
     * The type that an upload in parts will have; null if it has no algorithm.
     *
     * @param name as the client named it; null for the algorithm's own
     */
    public static @Nullable ChecksumType read(@Nullable String name, @Nullable ChecksumAlgorithm algorithm) {
        if (algorithm == null) {
            if (name == null) {
                return null;
            }
            throw new ServiceException(ObjectErrors.invalidRequest(
                    "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header."));
        }
        if (name == null) {
            return algorithm == ChecksumAlgorithm.CRC64NVME ? FULL_OBJECT : COMPOSITE;
        }
        for (var type : values()) {
            if (type.name().equalsIgnoreCase(name)) {
                return possible(type, algorithm);
            }
        }
        throw new ServiceException(ObjectErrors.invalidRequest("Value for x-amz-checksum-type header is invalid."));
    }

    private static ChecksumType possible(ChecksumType type, ChecksumAlgorithm algorithm) {
        boolean possible = type == FULL_OBJECT ? algorithm.isCrc() : algorithm != ChecksumAlgorithm.CRC64NVME;
        if (!possible) {
            throw new ServiceException(
                    ObjectErrors.invalidRequest("The " + type + " checksum type cannot be used with the "
                            + algorithm.name().toLowerCase(Locale.ROOT) + " checksum algorithm."));
        }
        return type;
    }
}
