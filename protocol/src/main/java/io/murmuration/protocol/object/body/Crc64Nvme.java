package io.murmuration.protocol.object.body;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.Checksum;

/**
 * CRC-64/NVME: reflected, all ones before and after. Source: NVM Express command set specification, "64b CRC". The JDK has none. Eight
 * bytes a step, each by a table of its own.
 */
final class Crc64Nvme implements Checksum {
    /** 0xAD93D23594C93659, its bits from the other end. */
    static final long POLYNOMIAL = 0x9A6C9329AC4BC9B5L;

    private static final int BYTES = 256;
    private static final int BYTE_MASK = 0xFF;
    private static final long[][] TABLES = tables();
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private long state = -1;

    @Override
    public void update(int b) {
        state = TABLES[0][(int) (state ^ b) & BYTE_MASK] ^ (state >>> Byte.SIZE);
    }

    @Override
    public void update(byte[] bytes, int from, int length) {
        int at = from;
        int end = from + length;
        long crc = state;
        for (; end - at >= Long.BYTES; at += Long.BYTES) {
            crc ^= (long) LONGS.get(bytes, at);
            crc = TABLES[7][(int) crc & BYTE_MASK]
                    ^ TABLES[6][(int) (crc >>> 8) & BYTE_MASK]
                    ^ TABLES[5][(int) (crc >>> 16) & BYTE_MASK]
                    ^ TABLES[4][(int) (crc >>> 24) & BYTE_MASK]
                    ^ TABLES[3][(int) (crc >>> 32) & BYTE_MASK]
                    ^ TABLES[2][(int) (crc >>> 40) & BYTE_MASK]
                    ^ TABLES[1][(int) (crc >>> 48) & BYTE_MASK]
                    ^ TABLES[0][(int) (crc >>> 56) & BYTE_MASK];
        }
        state = crc;
        for (; at < end; at++) {
            update(bytes[at]);
        }
    }

    @Override
    public long getValue() {
        return ~state;
    }

    @Override
    public void reset() {
        state = -1;
    }

    private static long[][] tables() {
        var tables = new long[Long.BYTES][BYTES];
        for (int value = 0; value < BYTES; value++) {
            long crc = value;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
            }
            tables[0][value] = crc;
        }
        for (int table = 1; table < tables.length; table++) {
            for (int value = 0; value < BYTES; value++) {
                long shorter = tables[table - 1][value];
                tables[table][value] = tables[0][(int) shorter & BYTE_MASK] ^ (shorter >>> Byte.SIZE);
            }
        }
        return tables;
    }
}
