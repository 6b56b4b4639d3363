package io.murmuration.journal;

/**
 * Where a group's log begins: after this entry, which is no longer kept.
 *
 * @param checksum of that entry's record, which the first kept entry repeats; 0 after a reset, when there was no such record
 */
record LogStart(long index, long term, int checksum) {
    static final LogStart EMPTY = new LogStart(0, 0, 0);
}
