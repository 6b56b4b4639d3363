package io.murmuration.object;

import io.murmuration.object.chunk.ChunkRef;
import io.murmuration.object.chunk.Chunks;
import io.murmuration.object.index.IndexFound;
import io.murmuration.object.index.IndexRead;
import io.murmuration.object.index.ObjectEntry;
import io.murmuration.object.index.PartEntry;
import io.murmuration.object.index.PartSpan;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;

/** Objects' bytes as streams: read as they are asked for, a piece or two ahead. */
final class ObjectBodies {
    private static final int AHEAD = 2;
    /** What a stream holds at most: the pieces ahead, the one that its reader takes, and one of the connection's. */
    static final int HELD_BYTES_MAX = (AHEAD + 2) * Chunks.READ_BYTES_MAX;

    private final ObjectIndex index;
    private final Chunks chunks;

    ObjectBodies(ObjectIndex index, Chunks chunks) {
        this.index = index;
        this.chunks = chunks;
    }

    /**
     * The bytes {@code [from, to)} of an object that was found with its bytes.
     *
     * @param group of its index
     */
    Source<ByteString, NotUsed> stream(long bucket, int group, IndexFound.Found found, long from, long to) {
        if (from == to) {
            return Source.empty();
        }
        var inline = found.inline();
        if (inline != null) {
            return Source.single(ByteString.fromArrayUnsafe(inline, (int) from, (int) (to - from)));
        }
        var entry = found.entry();
        var body = entry == null ? null : entry.body();
        if (entry == null || body == null) {
            return Source.failed(new ServiceException(GONE));
        }
        var parts = new Loading(bucket, group, body, found.parts());
        return Source.from(slices(found, entry.bytes(), from, to))
                .mapAsync(1, slice -> parts.load(slice.number()).thenApply(part -> pieces(part, slice)))
                .mapConcat(pieces -> pieces)
                .mapAsync(AHEAD, piece -> chunks.read(piece.chunk(), piece.from(), piece.to()));
    }

    private static final ServiceError GONE = new ServiceError(
            CommonError.UNAVAILABLE, "The object was replaced while it was being read. It is safe to retry.");

    /** The bytes {@code [from, to)} of a part. */
    private record Slice(int number, long from, long to) {}

    private record Piece(ChunkRef chunk, int from, int to) {}

    private static List<Slice> slices(IndexFound.Found found, long bytes, long from, long to) {
        var spans = found.spans().isEmpty() ? List.of(new PartSpan(1, bytes)) : found.spans();
        var slices = new ArrayList<Slice>();
        long begin = 0;
        for (var span : spans) {
            long end = begin + span.bytes();
            if (end > from && begin < to) {
                slices.add(new Slice(span.number(), Math.max(from, begin) - begin, Math.min(to, end) - begin));
            }
            begin = end;
        }
        return slices;
    }

    private static List<Piece> pieces(PartEntry part, Slice slice) {
        var pieces = new ArrayList<Piece>();
        long begin = 0;
        for (var chunk : part.chunks()) {
            long end = begin + chunk.bytes();
            long last = Math.min(slice.to(), end) - begin;
            for (long at = Math.max(slice.from(), begin) - begin; at < last; at += Chunks.READ_BYTES_MAX) {
                pieces.add(new Piece(chunk, (int) at, (int) Math.min(last, at + Chunks.READ_BYTES_MAX)));
            }
            begin = end;
        }
        return pieces;
    }

    /** The parts' rows, fetched as they are needed. Of one stream, which asks for one at a time, in order. */
    private final class Loading {
        private final long bucket;
        private final int group;
        private final ObjectEntry.Body body;
        private final Map<Integer, PartEntry> loaded = new HashMap<>();

        Loading(long bucket, int group, ObjectEntry.Body body, List<PartEntry> first) {
            this.bucket = bucket;
            this.group = group;
            this.body = body;
            first.forEach(part -> loaded.put(part.number(), part));
        }

        CompletionStage<PartEntry> load(int number) {
            var part = loaded.get(number);
            if (part != null) {
                return CompletableFuture.completedFuture(part);
            }
            loaded.clear();
            return index.read(group, new IndexRead.Parts(bucket, body.upload(), number))
                    .thenApply(found -> {
                        if (found instanceof IndexFound.Parts parts) {
                            parts.parts().forEach(each -> loaded.put(each.number(), each));
                        }
                        var now = loaded.get(number);
                        if (now == null) {
                            throw new ServiceException(GONE);
                        }
                        return now;
                    });
        }
    }
}
