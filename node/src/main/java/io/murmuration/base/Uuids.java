package io.murmuration.base;

import java.util.UUID;

/** Random identifiers in the form of RFC 9562's version 4. */
public final class Uuids {
    private static final long VERSION_BITS = 0xFFFF_FFFF_FFFF_0FFFL;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_BITS = 0x3FFF_FFFF_FFFF_FFFFL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    private Uuids() {}

    /** @param chance secure where it must never meet another */
    public static UUID random(Chance chance) {
        return new UUID((chance.nextLong() & VERSION_BITS) | VERSION_4, (chance.nextLong() & VARIANT_BITS) | VARIANT);
    }
}
