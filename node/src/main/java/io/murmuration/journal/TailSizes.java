package io.murmuration.journal;

import java.util.Arrays;

/** Sizes of the latest entries, to tell how long a tail of the log fits a bound. Entries it never saw count as empty. */
final class TailSizes {
    private final int[] sizes;

    TailSizes(int entriesMax) {
        sizes = new int[entriesMax];
    }

    void applied(long index, int sizeBytes) {
        sizes[(int) (index % sizes.length)] = sizeBytes;
    }

    void forget() {
        Arrays.fill(sizes, 0);
    }

    /** The first index of the longest tail up to {@code last} within the bounds. */
    long firstKept(long last, long bytesMax) {
        var from = last + 1;
        long bytes = 0;
        while (from > 1 && last - from + 1 < sizes.length) {
            bytes += sizes[(int) ((from - 1) % sizes.length)];
            if (bytes > bytesMax) {
                break;
            }
            from--;
        }
        return from;
    }
}
