package io.murmuration.cluster;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;

/**
 * What one remoting message between two nodes carries. Frames of a session are numbered from 1; those with content form envelopes, each cut
 * into {@code parts} frames that follow each other.
 *
 * @param session drawn by the sender at its start: numbers of different sessions have nothing to do with each other
 * @param number of this frame, 0 if it has no content
 * @param confirmedSession session of the receiver of which frames were last seen, 0 if none
 * @param confirmed highest number seen of that session
 * @param part from 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LinkFrame(
        long from,
        long to,
        long session,
        long number,
        long confirmedSession,
        long confirmed,
        int part,
        int parts,
        byte[] content) {
    static final int HEAD_BYTES = 61;

    private static final int VERSION = 1;
    private static final byte[] NOTHING = {};

    static LinkFrame greeting(long from, long to, long session, long confirmedSession, long confirmed) {
        return new LinkFrame(from, to, session, 0, confirmedSession, confirmed, 0, 0, NOTHING);
    }

    byte[] toBytes() {
        return new ByteWriter(HEAD_BYTES + content.length)
                .int8(VERSION)
                .int64(from)
                .int64(to)
                .int64(session)
                .int64(number)
                .int64(confirmedSession)
                .int64(confirmed)
                .int32(part)
                .int32(parts)
                .bytes(content)
                .toBytes();
    }

    static LinkFrame read(byte[] bytes) {
        var in = new ByteReader(bytes);
        if (in.int8() != VERSION) {
            throw new IllegalArgumentException("frame of an unknown format version");
        }
        var frame = new LinkFrame(
                in.int64(),
                in.int64(),
                in.int64(),
                in.int64(),
                in.int64(),
                in.int64(),
                in.int32(),
                in.int32(),
                in.bytes());
        in.end();
        return frame;
    }
}
