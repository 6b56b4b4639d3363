package io.murmuration.object.index;

import io.murmuration.journal.Rows;
import io.murmuration.object.ListingRules;
import io.murmuration.protocol.CommonError;
import io.murmuration.protocol.ServiceError;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.operation.ObjectRequest.UploadPart;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Reads a group's rows. May wait for the disk. */
public final class IndexReads {
    /** Of rows in one answer, before the row that exceeds it. */
    private static final int ANSWER_BYTES_MAX = 256 << 10;
    /** Of a read that overwrites overtake. */
    private static final int TRIES_MAX = 100;

    private IndexReads() {}

    public static IndexFound read(Rows rows, IndexRead read) {
        var found =
                switch (read) {
                    case IndexRead.Find find -> find(rows, find);
                    case IndexRead.Parts parts -> parts(rows, parts.bucket(), parts.upload(), parts.from());
                    case IndexRead.Page page -> page(rows, page);
                    case IndexRead.FindUpload upload -> upload(rows, upload);
                    case IndexRead.Uploads uploads -> uploads(rows, uploads);
                    case IndexRead.Known known ->
                        new IndexFound.Known(known.chunks().stream()
                                .filter(chunk -> rows.get(IndexKeys.chunk(chunk)) != null)
                                .toList());
                };
        // only now: what is open still was not being emptied under the walk
        return read instanceof IndexRead.OfBucket of && !isOpen(rows, of.bucket()) ? new IndexFound.Closed() : found;
    }

    private static boolean isOpen(Rows rows, long bucket) {
        return BucketState.read(rows.get(IndexKeys.state(bucket))).status() == BucketState.Status.OPEN;
    }

    /** An entry and its bytes are two rows, which an overwrite between two looks would mix: the entry must be the same after the bytes were read. */
    private static IndexFound find(Rows rows, IndexRead.Find find) {
        var key = IndexKeys.object(find.bucket(), find.key());
        for (int tries = 0; tries < TRIES_MAX; tries++) {
            var row = rows.get(key);
            if (row == null) {
                return new IndexFound.Found(null, null, List.of(), List.of());
            }
            var found = found(rows, find, IndexCodec.decode(row, IndexCodec::readEntry));
            if (Arrays.equals(row, rows.get(key))) {
                return found;
            }
        }
        throw new ServiceException(new ServiceError(
                CommonError.UNAVAILABLE,
                "The object was replaced again and again while it was read. It is safe to retry."));
    }

    private static IndexFound found(Rows rows, IndexRead.Find find, ObjectEntry entry) {
        var body = entry.body();
        if (!find.withBytes()) {
            return new IndexFound.Found(entry, null, spans(rows, find.bucket(), body), List.of());
        }
        if (body == null) {
            return new IndexFound.Found(
                    entry, rows.get(IndexKeys.body(find.bucket(), find.key())), List.of(), List.of());
        }
        var parts = parts(rows, find.bucket(), body.upload(), 0).parts();
        return new IndexFound.Found(entry, null, spans(rows, find.bucket(), body), parts);
    }

    private static List<PartSpan> spans(Rows rows, long bucket, ObjectEntry.@Nullable Body body) {
        var head = body == null || !body.multipart() ? null : rows.get(IndexKeys.head(bucket, body.upload()));
        return head == null ? List.of() : IndexCodec.decode(head, IndexCodec::readSpans);
    }

    /** Beyond what an answer holds there is at least one. */
    private static IndexFound.Parts parts(Rows rows, long bucket, UploadId upload, int from) {
        var parts = new ArrayList<PartEntry>();
        int bytes = 0;
        try (var walk = rows.scan(IndexKeys.part(bucket, upload, from), IndexKeys.partsEnd(bucket, upload), false)) {
            while (walk.next()) {
                if (bytes >= ANSWER_BYTES_MAX) {
                    return new IndexFound.Parts(parts, true);
                }
                bytes += walk.value().length;
                parts.add(IndexCodec.decode(walk.value(), IndexCodec::readPart));
            }
        }
        return new IndexFound.Parts(parts, false);
    }

    private static IndexFound page(Rows rows, IndexRead.Page page) {
        try (var index = new SortedRows(rows, page.bucket())) {
            return new IndexFound.Page(ListingRules.page(page.request(), index, ANSWER_BYTES_MAX));
        }
    }

    /** The rows of a bucket's objects as a listing walks over them. */
    private static final class SortedRows implements ListingRules.SortedKeys<ListedEntry>, AutoCloseable {
        private final Rows rows;
        private final long bucket;
        private Rows.@Nullable RowCursor open;

        SortedRows(Rows rows, long bucket) {
            this.rows = rows;
            this.bucket = bucket;
        }

        @Override
        public Iterator<ListingRules.Entry<ListedEntry>> from(byte[] first) {
            close();
            var walk = rows.scan(IndexKeys.objectsFrom(bucket, first), IndexKeys.objectsEnd(bucket), false);
            open = walk;
            return new Walk(walk);
        }

        @Override
        public void close() {
            if (open != null) {
                open.close();
                open = null;
            }
        }
    }

    private static final class Walk implements Iterator<ListingRules.Entry<ListedEntry>> {
        private final Rows.RowCursor cursor;
        private boolean ready;

        Walk(Rows.RowCursor cursor) {
            this.cursor = cursor;
            this.ready = cursor.next();
        }

        @Override
        public boolean hasNext() {
            return ready;
        }

        @Override
        public ListingRules.Entry<ListedEntry> next() {
            if (!ready) {
                throw new NoSuchElementException();
            }
            var entry = new ListingRules.Entry<>(
                    IndexKeys.keyOfObject(cursor.key()),
                    ListedEntry.of(IndexCodec.decode(cursor.value(), IndexCodec::readEntry)));
            ready = cursor.next();
            return entry;
        }
    }

    private static IndexFound upload(Rows rows, IndexRead.FindUpload find) {
        var row = rows.get(IndexKeys.upload(find.bucket(), find.upload()));
        return new IndexFound.Upload(row == null ? null : IndexCodec.decode(row, IndexCodec::readUpload));
    }

    private static IndexFound uploads(Rows rows, IndexRead.Uploads find) {
        var found = new ArrayList<IndexFound.ListedUpload>();
        var first = find.after().compareTo(find.prefix()) > 0 ? find.after() : find.prefix();
        var from = IndexKeys.uploadsFrom(find.bucket(), first.getBytes(StandardCharsets.UTF_8));
        int bytes = 0;
        try (var walk = rows.scan(from, IndexKeys.uploadsEnd(find.bucket()), false)) {
            while (found.size() < find.max() && walk.next()) {
                var upload = IndexKeys.uploadOf(walk.key());
                if (!upload.key().startsWith(find.prefix())) {
                    break;
                }
                if (isBehind(upload, find)) {
                    if (bytes >= ANSWER_BYTES_MAX) {
                        return new IndexFound.Uploads(found, true);
                    }
                    bytes += walk.key().length + walk.value().length;
                    found.add(new IndexFound.ListedUpload(
                            upload, IndexCodec.decode(walk.value(), IndexCodec::readUpload)));
                }
            }
        }
        return new IndexFound.Uploads(found, false);
    }

    private static boolean isBehind(UploadKey upload, IndexRead.Uploads find) {
        if (find.after().isEmpty() || !upload.key().equals(find.after())) {
            return true;
        }
        return !find.afterId().isEmpty() && upload.id().toString().compareTo(find.afterId()) > 0;
    }

    // ---- what keepers look for ----

    /** Garbage of at least this age, oldest first, at most so many. */
    public static List<Garbage.Found> garbage(Rows rows, long untilMillis, int max) {
        var found = new ArrayList<Garbage.Found>();
        try (var walk = rows.scan(IndexKeys.first('g'), IndexKeys.garbage(untilMillis, 0, 0), false)) {
            while (found.size() < max && walk.next()) {
                found.add(new Garbage.Found(
                        walk.key(),
                        IndexKeys.bucketOfGarbage(walk.key()),
                        IndexCodec.decode(walk.value(), IndexCodec::readGarbage)));
            }
        }
        return found;
    }

    /** What of an upload's garbage is to be removed next: parts that the object, if there is one, was not made of. */
    public static IndexFound.Parts garbageParts(Rows rows, long bucket, Garbage garbage) {
        return switch (garbage) {
            case Garbage.Loose loose -> new IndexFound.Parts(List.of(), false);
            case Garbage.Whole whole -> parts(rows, bucket, whole.upload(), 0);
            case Garbage.Spare spare -> spare(rows, bucket, spare.upload());
        };
    }

    private static IndexFound.Parts spare(Rows rows, long bucket, UploadId upload) {
        var chosen = spans(rows, bucket, new ObjectEntry.Body(upload, 0, true)).stream()
                .map(PartSpan::number)
                .toList();
        var spare = new ArrayList<PartEntry>();
        int bytes = 0;
        try (var walk = rows.scan(
                IndexKeys.part(bucket, upload, 0),
                IndexKeys.part(bucket, upload, UploadPart.PART_NUMBER_MAX + 1),
                false)) {
            while (walk.next()) {
                var part = IndexCodec.decode(walk.value(), IndexCodec::readPart);
                if (!chosen.contains(part.number())) {
                    if (bytes >= ANSWER_BYTES_MAX) {
                        return new IndexFound.Parts(spare, true);
                    }
                    bytes += walk.value().length;
                    spare.add(part);
                }
            }
        }
        return new IndexFound.Parts(spare, false);
    }

    /** An intent and its bucket. */
    public record OldIntent(long bucket, UploadId id) {}

    /** Intents that were opened before this moment, at most so many. */
    public static List<OldIntent> intents(Rows rows, long beforeMillis, int max) {
        var found = new ArrayList<OldIntent>();
        try (var walk = rows.scan(IndexKeys.first('i'), IndexKeys.end('i'), false)) {
            while (found.size() < max && walk.next()) {
                var intent = IndexCodec.decode(walk.value(), IndexCodec::readIntent);
                if (intent.openedMillis() < beforeMillis) {
                    found.add(new OldIntent(IndexKeys.bucketOf(walk.key()), IndexKeys.intentOf(walk.key())));
                }
            }
        }
        return found;
    }

    /**
     * Events that are to be told, at most so many; in the order of their changes for each bucket.
     *
     * @param bucket the first whose events are looked at; 0 for all
     */
    public static List<StoredEvent> events(Rows rows, long bucket, int max) {
        var found = new ArrayList<StoredEvent>();
        try (var walk = rows.scan(IndexKeys.eventsFrom(bucket), IndexKeys.end('n'), false)) {
            while (found.size() < max && walk.next()) {
                found.add(IndexCodec.decode(walk.value(), IndexCodec::readEvent));
            }
        }
        return found;
    }

    /** Buckets that are closed here and not yet emptied. */
    public static List<Long> closed(Rows rows) {
        var found = new ArrayList<Long>();
        try (var walk = rows.scan(IndexKeys.first('s'), IndexKeys.end('s'), false)) {
            while (walk.next()) {
                if (BucketState.read(walk.value()).status() == BucketState.Status.CLOSED) {
                    found.add(IndexKeys.bucketOf(walk.key()));
                }
            }
        }
        return found;
    }

    /**
     * Parts in the order of their rows.
     *
     * @param last the key of the last one's row; null if there are none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record PartsWalk(List<PartEntry> parts, byte @Nullable [] last) {}

    /**
     * Parts whose rows lie behind this key, at most so many, for the scrubber.
     *
     * @param after null for the first
     */
    public static PartsWalk partsAfter(Rows rows, byte @Nullable [] after, int max) {
        var found = new ArrayList<PartEntry>();
        byte @Nullable [] last = null;
        var from = after == null ? IndexKeys.first('p') : Arrays.copyOf(after, after.length + 1);
        try (var walk = rows.scan(from, IndexKeys.end('p'), false)) {
            while (found.size() < max && walk.next()) {
                found.add(IndexCodec.decode(walk.value(), IndexCodec::readPart));
                last = walk.key();
            }
        }
        return new PartsWalk(found, last);
    }
}
