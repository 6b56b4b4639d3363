package io.murmuration.protocol.object.body;

/**
 * The CRC of two strings of bytes together, from the CRC of each: the first's is multiplied by x to the power of the second's bits, modulo the polynomial,
 * and the second's added. What is done before and after the bytes cancels out. Polynomials are reflected: the highest bit is x to the power of 0.
 *
 * @param polynomial reflected
 * @param one the polynomial 1
 */
record CrcCombination(long polynomial, long one) {
    private static final long CRC32 = 0xEDB88320L;
    private static final long CRC32C = 0x82F63B78L;
    private static final long ONE_OF_32 = 1L << 31;
    private static final long ONE_OF_64 = 1L << 63;

    /** @param algorithm a CRC */
    static CrcCombination of(ChecksumAlgorithm algorithm) {
        return switch (algorithm) {
            case CRC32 -> new CrcCombination(CRC32, ONE_OF_32);
            case CRC32C -> new CrcCombination(CRC32C, ONE_OF_32);
            case CRC64NVME -> new CrcCombination(Crc64Nvme.POLYNOMIAL, ONE_OF_64);
            case SHA1, SHA256 -> throw new IllegalArgumentException(algorithm + " is no CRC");
        };
    }

    long combine(long first, long second, long secondBytes) {
        return multiply(power(secondBytes), first) ^ second;
    }

    /** x to the power of eight times {@code bytes}. */
    private long power(long bytes) {
        long power = one;
        long square = one >>> Byte.SIZE; // x to the power of 8
        for (long left = bytes; left != 0; left >>>= 1) {
            if ((left & 1) != 0) {
                power = multiply(square, power);
            }
            square = multiply(square, square);
        }
        return power;
    }

    private long multiply(long a, long b) {
        long product = 0;
        long shifted = b;
        for (long bit = one; bit != 0; bit >>>= 1) {
            if ((a & bit) != 0) {
                product ^= shifted;
            }
            shifted = (shifted & 1) == 0 ? shifted >>> 1 : (shifted >>> 1) ^ polynomial;
        }
        return product;
    }
}
