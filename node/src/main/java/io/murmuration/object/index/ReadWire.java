package io.murmuration.object.index;

import static io.murmuration.object.index.IndexCodec.list;
import static io.murmuration.object.index.IndexCodec.nullable;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.object.ListingRules;
import io.murmuration.object.chunk.ChunkId;
import io.murmuration.protocol.object.body.ChecksumType;
import io.murmuration.protocol.object.operation.ObjectRequest.ListObjectsV2;
import java.util.List;

/** What one node reads of another's index and what it found, as bytes. Of one release. */
final class ReadWire {
    private static final int FIND = 1;
    private static final int PARTS = 2;
    private static final int PAGE = 3;
    private static final int UPLOAD = 4;
    private static final int UPLOADS = 5;
    private static final int KNOWN = 6;
    private static final int CLOSED = 7;

    private ReadWire() {}

    static void write(ByteWriter to, IndexRead read) {
        switch (read) {
            case IndexRead.Find find ->
                to.int8(FIND).int64(find.bucket()).text(find.key()).flag(find.withBytes());
            case IndexRead.Parts parts -> {
                parts.upload().write(to.int8(PARTS).int64(parts.bucket()));
                to.int16(parts.from());
            }
            case IndexRead.Page page -> writeRequest(to.int8(PAGE).int64(page.bucket()), page.request());
            case IndexRead.FindUpload find ->
                IntentWire.writeKey(to.int8(UPLOAD).int64(find.bucket()), find.upload());
            case IndexRead.Uploads uploads ->
                to.int8(UPLOADS)
                        .int64(uploads.bucket())
                        .text(uploads.prefix())
                        .text(uploads.after())
                        .text(uploads.afterId())
                        .int32(uploads.max());
            case IndexRead.Known known -> writeChunks(to.int8(KNOWN), known.chunks());
        }
    }

    static IndexRead read(ByteReader from) {
        int kind = from.int8();
        return switch (kind) {
            case FIND -> new IndexRead.Find(from.int64(), from.text(), from.flag());
            case PARTS -> new IndexRead.Parts(from.int64(), UploadId.read(from), from.int16());
            case PAGE -> new IndexRead.Page(from.int64(), readRequest(from));
            case UPLOAD -> new IndexRead.FindUpload(from.int64(), IntentWire.readKey(from));
            case UPLOADS -> new IndexRead.Uploads(from.int64(), from.text(), from.text(), from.text(), from.int32());
            case KNOWN -> new IndexRead.Known(readChunks(from));
            default -> throw unknown(kind);
        };
    }

    static void writeFound(ByteWriter to, IndexFound found) {
        switch (found) {
            case IndexFound.Found object -> {
                nullable(to.int8(FIND), object.entry(), IndexCodec::writeEntry);
                nullable(to, object.inline(), ByteWriter::bytes);
                IndexCodec.writeSpans(to, object.spans());
                list(to, object.parts(), IndexCodec::writePart);
            }
            case IndexFound.Parts parts -> {
                list(to.int8(PARTS), parts.parts(), IndexCodec::writePart);
                to.flag(parts.more());
            }
            case IndexFound.Page page -> writePage(to.int8(PAGE), page.page());
            case IndexFound.Upload upload -> nullable(to.int8(UPLOAD), upload.entry(), IndexCodec::writeUpload);
            case IndexFound.Uploads uploads ->
                list(to.int8(UPLOADS).flag(uploads.more()), uploads.uploads(), (out, upload) -> {
                    IntentWire.writeKey(out, upload.upload());
                    IndexCodec.writeUpload(out, upload.entry());
                });
            case IndexFound.Known known -> writeChunks(to.int8(KNOWN), known.chunks());
            case IndexFound.Closed closed -> to.int8(CLOSED);
        }
    }

    static IndexFound readFound(ByteReader from) {
        int kind = from.int8();
        return switch (kind) {
            case FIND ->
                new IndexFound.Found(
                        nullable(from, IndexCodec::readEntry),
                        nullable(from, ByteReader::bytes),
                        IndexCodec.readSpans(from),
                        list(from, IndexCodec::readPart));
            case PARTS -> new IndexFound.Parts(list(from, IndexCodec::readPart), from.flag());
            case PAGE -> new IndexFound.Page(readPage(from));
            case UPLOAD -> new IndexFound.Upload(nullable(from, IndexCodec::readUpload));
            case UPLOADS -> {
                boolean more = from.flag();
                yield new IndexFound.Uploads(
                        list(
                                from,
                                in -> new IndexFound.ListedUpload(IntentWire.readKey(in), IndexCodec.readUpload(in))),
                        more);
            }
            case KNOWN -> new IndexFound.Known(readChunks(from));
            case CLOSED -> new IndexFound.Closed();
            default -> throw unknown(kind);
        };
    }

    private static void writePage(ByteWriter to, ListingRules.Page<ListedEntry> page) {
        list(to, page.objects(), (out, entry) -> {
            var object = entry.object();
            out.text(entry.key()).int64(object.modifiedMillis()).text(object.etag());
            IndexCodec.writeChecksum(out.int64(object.bytes()), object.checksum());
            out.text(object.checksumType().name());
        });
        list(to, page.commonPrefixes(), ByteWriter::text);
        nullable(to, page.token(), ByteWriter::text);
    }

    private static ListingRules.Page<ListedEntry> readPage(ByteReader from) {
        return new ListingRules.Page<>(
                list(
                        from,
                        in -> new ListingRules.Entry<>(
                                in.text(),
                                new ListedEntry(
                                        in.int64(),
                                        in.text(),
                                        in.int64(),
                                        IndexCodec.readChecksum(in),
                                        ChecksumType.valueOf(in.text())))),
                list(from, ByteReader::text),
                nullable(from, ByteReader::text));
    }

    private static void writeRequest(ByteWriter to, ListObjectsV2 request) {
        to.text(request.bucket())
                .text(request.prefix())
                .text(request.delimiter())
                .text(request.startAfter());
        nullable(to, request.token(), ByteWriter::text);
        to.flag(request.urlEncoded()).int32(request.keysMax()).flag(request.withOwner());
    }

    private static ListObjectsV2 readRequest(ByteReader from) {
        return new ListObjectsV2(
                from.text(),
                from.text(),
                from.text(),
                from.text(),
                nullable(from, ByteReader::text),
                from.flag(),
                from.int32(),
                from.flag());
    }

    private static void writeChunks(ByteWriter to, List<ChunkId> chunks) {
        list(to, chunks, (out, chunk) -> out.int64(chunk.high()).int64(chunk.low()));
    }

    private static List<ChunkId> readChunks(ByteReader from) {
        return list(from, in -> new ChunkId(in.int64(), in.int64()));
    }

    private static IllegalArgumentException unknown(int kind) {
        return new IllegalArgumentException("unknown read between nodes: " + kind);
    }
}
