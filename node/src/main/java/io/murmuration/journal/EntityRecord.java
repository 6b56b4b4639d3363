package io.murmuration.journal;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import org.jspecify.annotations.Nullable;

/**
 * What a group's rows know of one entity.
 *
 * @param highest its highest sequence number
 * @param deletedTo events up to here were deleted by the entity itself
 * @param rowsOnlyTo the highest sequence number of an event that was not kept beside the rows it became, 0 if all were
 */
record EntityRecord(long highest, long deletedTo, long rowsOnlyTo) {
    static final EntityRecord NEW = new EntityRecord(0, 0, 0);
    private static final int VERSION = 1;

    static EntityRecord read(byte @Nullable [] value) {
        if (value == null) {
            return NEW;
        }
        var in = new ByteReader(value);
        if (in.int8() != VERSION) {
            throw new IllegalArgumentException("entity record of an unknown format version");
        }
        var record = new EntityRecord(in.int64(), in.int64(), in.int64());
        in.end();
        return record;
    }

    byte[] toBytes() {
        return new ByteWriter(25)
                .int8(VERSION)
                .int64(highest)
                .int64(deletedTo)
                .int64(rowsOnlyTo)
                .toBytes();
    }
}
