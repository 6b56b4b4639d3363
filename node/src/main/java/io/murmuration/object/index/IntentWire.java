package io.murmuration.object.index;

import static io.murmuration.object.index.IndexCodec.list;
import static io.murmuration.object.index.IndexCodec.nullable;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.object.chunk.ChunkRef;
import io.murmuration.protocol.object.ObjectName;
import io.murmuration.protocol.object.operation.ObjectRequest.CompleteMultipartUpload;
import io.murmuration.protocol.object.operation.ObjectRequest.CompletedPart;
import io.murmuration.protocol.object.operation.WriteConditions;

/** What one node asks another's index to decide, as bytes. Of one release: all nodes of a cluster run the same. */
final class IntentWire {
    private static final int OPEN = 1;
    private static final int PUT = 2;
    private static final int PUT_PART = 3;
    private static final int ABORT = 4;
    private static final int DELETE = 5;
    private static final int CREATE_UPLOAD = 6;
    private static final int COMPLETE = 7;
    private static final int ABORT_UPLOAD = 8;
    private static final int CLOSE = 9;
    private static final int REOPEN = 10;

    private IntentWire() {}

    static void write(ByteWriter to, IndexIntent.Remote intent) {
        switch (intent) {
            case IndexIntent.Open open -> {
                open.intent().write(to.int8(OPEN));
                list(to, open.chunks(), (out, chunk) -> chunk.write(out));
                nullable(to, open.upload(), IntentWire::writeKey);
                to.int64(open.nowMillis());
            }
            case IndexIntent.Put put -> {
                to.int8(PUT).text(put.key());
                IndexCodec.writeEntry(to, put.entry());
                nullable(to, put.inline(), ByteWriter::bytes);
                writeConditions(to, put.conditions());
                writeNotices(to, put.notices());
                to.int64(put.nowMillis());
            }
            case IndexIntent.PutPart put -> {
                writeKey(to.int8(PUT_PART), put.upload());
                IndexCodec.writePart(to, put.part());
                put.intent().write(to);
                to.int64(put.nowMillis());
            }
            case IndexIntent.Abort abort -> {
                abort.intent().write(to.int8(ABORT));
                to.int64(abort.nowMillis());
            }
            case IndexIntent.Delete delete -> {
                nullable(to.int8(DELETE).text(delete.key()), delete.ifMatch(), ByteWriter::text);
                writeNotices(to, delete.notices());
                to.int64(delete.nowMillis());
            }
            case IndexIntent.CreateUpload create -> {
                writeKey(to.int8(CREATE_UPLOAD), create.upload());
                IndexCodec.writeUpload(to, create.entry());
            }
            case IndexIntent.Complete complete -> {
                writeKey(to.int8(COMPLETE), complete.upload());
                writeComplete(to, complete.request());
                writeNotices(to, complete.notices());
                to.int64(complete.nowMillis());
            }
            case IndexIntent.AbortUpload abort -> {
                writeKey(to.int8(ABORT_UPLOAD), abort.upload());
                to.int64(abort.nowMillis());
            }
            case IndexIntent.Close close -> to.int8(CLOSE).int64(close.deletion());
            case IndexIntent.Reopen reopen -> to.int8(REOPEN).int64(reopen.before());
        }
    }

    static IndexIntent.Remote read(ByteReader from) {
        int kind = from.int8();
        return switch (kind) {
            case OPEN ->
                new IndexIntent.Open(
                        UploadId.read(from),
                        list(from, ChunkRef::read),
                        nullable(from, IntentWire::readKey),
                        from.int64());
            case PUT ->
                new IndexIntent.Put(
                        from.text(),
                        IndexCodec.readEntry(from),
                        nullable(from, ByteReader::bytes),
                        readConditions(from),
                        readNotices(from),
                        from.int64());
            case PUT_PART ->
                new IndexIntent.PutPart(readKey(from), IndexCodec.readPart(from), UploadId.read(from), from.int64());
            case ABORT -> new IndexIntent.Abort(UploadId.read(from), from.int64());
            case DELETE ->
                new IndexIntent.Delete(from.text(), nullable(from, ByteReader::text), readNotices(from), from.int64());
            case CREATE_UPLOAD -> new IndexIntent.CreateUpload(readKey(from), IndexCodec.readUpload(from));
            case COMPLETE ->
                new IndexIntent.Complete(readKey(from), readComplete(from), readNotices(from), from.int64());
            case ABORT_UPLOAD -> new IndexIntent.AbortUpload(readKey(from), from.int64());
            case CLOSE -> new IndexIntent.Close(from.int64());
            case REOPEN -> new IndexIntent.Reopen(from.int64());
            default -> throw new IllegalArgumentException("unknown intent between nodes: " + kind);
        };
    }

    static void writeKey(ByteWriter to, UploadKey upload) {
        upload.id().write(to.text(upload.key()));
    }

    static UploadKey readKey(ByteReader from) {
        return new UploadKey(from.text(), UploadId.read(from));
    }

    private static void writeConditions(ByteWriter to, WriteConditions conditions) {
        nullable(to, conditions.ifMatch(), ByteWriter::text);
        to.flag(conditions.ifAbsent());
    }

    private static WriteConditions readConditions(ByteReader from) {
        return new WriteConditions(nullable(from, ByteReader::text), from.flag());
    }

    private static void writeNotices(ByteWriter to, Notices notices) {
        to.text(notices.bucketName()).text(notices.event());
        list(to, notices.targets(), (out, target) -> out.text(target.function()).text(target.configuration()));
        to.text(notices.requestId()).text(notices.address());
    }

    private static Notices readNotices(ByteReader from) {
        return new Notices(
                from.text(),
                from.text(),
                list(from, in -> new Notices.Target(in.text(), in.text())),
                from.text(),
                from.text());
    }

    private static void writeComplete(ByteWriter to, CompleteMultipartUpload request) {
        to.text(request.name().bucket()).text(request.name().key()).text(request.uploadId());
        list(to, request.parts(), (out, part) -> {
            out.int16(part.partNumber()).text(part.etag());
            nullable(out, part.checksum(), IndexCodec::writeChecksum);
        });
        writeConditions(to, request.conditions());
        nullable(to, request.checksum(), IndexCodec::writeChecksum);
        nullable(to, request.sizeBytes(), ByteWriter::int64);
    }

    private static CompleteMultipartUpload readComplete(ByteReader from) {
        return new CompleteMultipartUpload(
                new ObjectName(from.text(), from.text()),
                from.text(),
                list(from, in -> new CompletedPart(in.int16(), in.text(), nullable(in, IndexCodec::readChecksum))),
                readConditions(from),
                nullable(from, IndexCodec::readChecksum),
                nullable(from, ByteReader::int64));
    }
}
