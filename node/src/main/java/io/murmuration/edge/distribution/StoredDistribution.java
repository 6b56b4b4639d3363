package io.murmuration.edge.distribution;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.protocol.edge.DistributionConfig;

/**
 * A distribution as the catalogue keeps it.
 *
 * @param version counts the changes of its configuration
 * @param deployed whether every node works by it
 * @param modifiedMillis when the configuration last changed
 */
record StoredDistribution(long version, boolean deployed, long modifiedMillis, DistributionConfig config) {
    private static final int FORMAT = 1;

    static StoredDistribution made(DistributionConfig config, long nowMillis) {
        return new StoredDistribution(1, false, nowMillis, config);
    }

    StoredDistribution changed(DistributionConfig other, long nowMillis) {
        return new StoredDistribution(version + 1, false, nowMillis, other);
    }

    StoredDistribution everywhere() {
        return new StoredDistribution(version, true, modifiedMillis, config);
    }

    /** The same after it was something else for a moment. */
    StoredDistribution again() {
        return new StoredDistribution(version, false, modifiedMillis, config);
    }

    byte[] encode() {
        return new ByteWriter(4096)
                .int8(FORMAT)
                .int64(version)
                .flag(deployed)
                .int64(modifiedMillis)
                .bytes(config.toBytes())
                .toBytes();
    }

    static StoredDistribution decode(byte[] content) {
        var from = new ByteReader(content);
        int format = from.int8();
        if (format != FORMAT) {
            throw new IllegalArgumentException("a distribution is stored in the unknown format " + format);
        }
        return new StoredDistribution(
                from.int64(), from.flag(), from.int64(), DistributionConfig.fromBytes(from.bytes()));
    }
}
