package io.murmuration.function;

import io.murmuration.base.Chance;
import java.util.UUID;

/** Identifiers of invocations and revisions. */
final class RandomIds {
    private static final long VERSION_BITS = 0xFFFF_FFFF_FFFF_0FFFL;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_BITS = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private RandomIds() {}

    /** A UUID of version 4. */
    static String uuid(Chance chance) {
        return new UUID((chance.nextLong() & VERSION_BITS) | VERSION_4, (chance.nextLong() & VARIANT_BITS) | VARIANT)
                .toString();
    }
}
