package io.murmuration.object.index;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.object.chunk.ChunkRef;
import io.murmuration.protocol.object.body.Checksum;
import io.murmuration.protocol.object.body.ChecksumAlgorithm;
import io.murmuration.protocol.object.body.ChecksumType;
import io.murmuration.protocol.object.operation.ObjectHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows of the index as bytes. Stored: each begins with a version; names of enums are theirs in the protocol. */
final class IndexCodec {
    private static final int VERSION = 1;
    private static final int LOOSE = 1;
    private static final int WHOLE = 2;
    private static final int SPARE = 3;

    private IndexCodec() {}

    // ---- rows ----

    static byte[] encode(Consumer<ByteWriter> content) {
        var to = new ByteWriter(256).int8(VERSION);
        content.accept(to);
        return to.toBytes();
    }

    static <T> T decode(byte[] row, Function<ByteReader, T> content) {
        var from = new ByteReader(row);
        var version = from.int8();
        if (version != VERSION) {
            throw new IllegalArgumentException("unknown version of a row of the index: " + version);
        }
        return content.apply(from);
    }

    static void writeEntry(ByteWriter to, ObjectEntry entry) {
        to.int64(entry.modifiedMillis()).text(entry.etag()).int64(entry.bytes());
        writeChecksum(to, entry.checksum());
        to.text(entry.checksumType().name());
        writeHeaders(to, entry.headers());
        nullable(to, entry.body(), (out, body) -> {
            body.upload().write(out);
            out.int32(body.parts()).flag(body.multipart());
        });
    }

    static ObjectEntry readEntry(ByteReader from) {
        return new ObjectEntry(
                from.int64(),
                from.text(),
                from.int64(),
                readChecksum(from),
                ChecksumType.valueOf(from.text()),
                readHeaders(from),
                nullable(from, in -> new ObjectEntry.Body(UploadId.read(in), in.int32(), in.flag())));
    }

    static void writePart(ByteWriter to, PartEntry part) {
        to.int16(part.number()).int64(part.modifiedMillis()).text(part.etag()).int64(part.bytes());
        writeChecksum(to, part.checksum());
        nullable(to, part.sent(), IndexCodec::writeChecksum);
        list(to, part.chunks(), (out, chunk) -> chunk.write(out));
    }

    static PartEntry readPart(ByteReader from) {
        return new PartEntry(
                from.int16(),
                from.int64(),
                from.text(),
                from.int64(),
                readChecksum(from),
                nullable(from, IndexCodec::readChecksum),
                list(from, ChunkRef::read));
    }

    static void writeUpload(ByteWriter to, UploadEntry upload) {
        to.int64(upload.createdMillis());
        writeHeaders(to, upload.headers());
        nullable(to, upload.algorithm(), (out, algorithm) -> out.text(algorithm.name()));
        nullable(to, upload.type(), (out, type) -> out.text(type.name()));
    }

    static UploadEntry readUpload(ByteReader from) {
        return new UploadEntry(
                from.int64(),
                readHeaders(from),
                nullable(from, in -> ChecksumAlgorithm.valueOf(in.text())),
                nullable(from, in -> ChecksumType.valueOf(in.text())));
    }

    static void writeSpans(ByteWriter to, List<PartSpan> spans) {
        list(to, spans, (out, span) -> out.int16(span.number()).int64(span.bytes()));
    }

    static List<PartSpan> readSpans(ByteReader from) {
        return list(from, in -> new PartSpan(in.int16(), in.int64()));
    }

    static void writeIntent(ByteWriter to, OpenIntent intent) {
        to.int64(intent.openedMillis());
        list(to, intent.chunks(), (out, chunk) -> chunk.write(out));
    }

    static OpenIntent readIntent(ByteReader from) {
        return new OpenIntent(from.int64(), list(from, ChunkRef::read));
    }

    static void writeGarbage(ByteWriter to, Garbage garbage) {
        switch (garbage) {
            case Garbage.Loose loose -> list(to.int8(LOOSE), loose.chunks(), (out, chunk) -> chunk.write(out));
            case Garbage.Whole whole -> whole.upload().write(to.int8(WHOLE));
            case Garbage.Spare spare -> spare.upload().write(to.int8(SPARE));
        }
    }

    static Garbage readGarbage(ByteReader from) {
        int kind = from.int8();
        return switch (kind) {
            case LOOSE -> new Garbage.Loose(list(from, ChunkRef::read));
            case WHOLE -> new Garbage.Whole(UploadId.read(from));
            case SPARE -> new Garbage.Spare(UploadId.read(from));
            default -> throw new IllegalArgumentException("unknown kind of garbage: " + kind);
        };
    }

    static void writeEvent(ByteWriter to, StoredEvent event) {
        to.int64(event.bucket()).int64(event.sequence()).int16(event.target());
        to.text(event.function()).text(event.configuration()).text(event.event());
        to.text(event.bucketName()).text(event.key()).int64(event.bytes()).text(event.etag());
        to.int64(event.millis()).text(event.requestId()).text(event.address());
    }

    static StoredEvent readEvent(ByteReader from) {
        return new StoredEvent(
                from.int64(),
                from.int64(),
                from.int16(),
                from.text(),
                from.text(),
                from.text(),
                from.text(),
                from.text(),
                from.int64(),
                from.text(),
                from.int64(),
                from.text(),
                from.text());
    }

    // ---- parts of them ----

    static void writeChecksum(ByteWriter to, Checksum checksum) {
        to.text(checksum.algorithm().name()).text(checksum.value());
    }

    static Checksum readChecksum(ByteReader from) {
        return new Checksum(ChecksumAlgorithm.valueOf(from.text()), from.text());
    }

    static void writeHeaders(ByteWriter to, ObjectHeaders headers) {
        to.text(headers.contentType());
        nullable(to, headers.cacheControl(), ByteWriter::text);
        nullable(to, headers.contentDisposition(), ByteWriter::text);
        nullable(to, headers.contentEncoding(), ByteWriter::text);
        nullable(to, headers.contentLanguage(), ByteWriter::text);
        nullable(to, headers.expires(), ByteWriter::text);
        to.int32(headers.metadata().size());
        headers.metadata().forEach((name, value) -> to.text(name).text(value));
    }

    static ObjectHeaders readHeaders(ByteReader from) {
        var type = from.text();
        var cacheControl = nullable(from, ByteReader::text);
        var disposition = nullable(from, ByteReader::text);
        var encoding = nullable(from, ByteReader::text);
        var language = nullable(from, ByteReader::text);
        var expires = nullable(from, ByteReader::text);
        var metadata = new TreeMap<String, String>();
        for (int left = from.count(); left > 0; left--) {
            metadata.put(from.text(), from.text());
        }
        return new ObjectHeaders(type, cacheControl, disposition, encoding, language, expires, metadata);
    }

    static <T> void list(ByteWriter to, List<T> elements, BiConsumer<ByteWriter, T> write) {
        to.int32(elements.size());
        elements.forEach(element -> write.accept(to, element));
    }

    static <T> List<T> list(ByteReader from, Function<ByteReader, T> read) {
        int count = from.count();
        var elements = new ArrayList<T>(count);
        for (int at = 0; at < count; at++) {
            elements.add(read.apply(from));
        }
        return elements;
    }

    static <T> void nullable(ByteWriter to, @Nullable T value, BiConsumer<ByteWriter, T> write) {
        to.flag(value != null);
        if (value != null) {
            write.accept(to, value);
        }
    }

    static <T> @Nullable T nullable(ByteReader from, Function<ByteReader, T> read) {
        return from.flag() ? read.apply(from) : null;
    }
}
