package io.murmuration.table.partition;

import com.google.common.hash.Hashing;

/**
 * Where a partition key lives. The hash is 64 bits of the key's bytes by FarmHash's fingerprint, which never changes; a shard is a contiguous
 * range of hashes, and shard {@code s} is replicated by group {@code s + 1} (group 0 is the catalogue). Stored: rows lie in the order of the hash.
 */
public final class PartitionHash {
    private PartitionHash() {}

    /** @param partitionKey its {@link io.murmuration.protocol.table.KeyBytes} */
    public static long of(byte[] partitionKey) {
        return Hashing.farmHashFingerprint64().hashBytes(partitionKey).asLong();
    }

    /** The group of a hash, in {@code [1, shards]}. */
    public static int group(long hash, int shards) {
        return 1 + (int) Math.unsignedMultiplyHigh(hash, shards);
    }

    /** The least hash of the part {@code [part/parts, (part+1)/parts)} of all hashes; parts are shards, or the segments of a scan. */
    public static long first(int part, int parts) {
        // the least h with h * parts / 2^64 >= part: part * 2^64 / parts, rounded up
        var two64 = java.math.BigInteger.ONE.shiftLeft(Long.SIZE);
        var divided = two64.multiply(java.math.BigInteger.valueOf(part))
                .divideAndRemainder(java.math.BigInteger.valueOf(parts));
        return divided[0].longValue() + (divided[1].signum() == 0 ? 0 : 1);
    }
}
