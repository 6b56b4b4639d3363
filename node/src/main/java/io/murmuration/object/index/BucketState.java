package io.murmuration.object.index;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a group knows of a bucket, kept in a row beside its objects.
 *
 * <pre>
 * OPEN    --Close, no object here-----------------&gt; CLOSED
 * CLOSED  --Reopen, by who undid that deletion----&gt; OPEN
 * CLOSED  --Purge, the catalogue has no such bucket, nothing is left-&gt; EMPTIED
 * </pre>
 *
 * <p>A bucket is deleted by whoever the catalogue lets: it marks the bucket, which gives the deletion its number (the revision); closes it in every
 * group; and removes it from the catalogue, if that still has this very revision. A group closes only without objects, and takes none while it is closed.
 * So when the bucket is gone no object was left and none can come. If a group has objects the mark is taken away first, which gives a later revision and
 * so keeps every other from going on with this deletion; only then are the groups opened again. Whoever meets a closed group asks the catalogue: no such
 * bucket; being deleted: try again; neither: a deletion was undone and this group missed it, so it is opened, if its number is older.
 *
 * @param closing number of the deletion that closed it; 0 if none has
 * @param revision number of the last change of an object
 */
public record BucketState(Status status, long closing, long revision) {
    private static final byte VERSION = 1;
    private static final BucketState UNUSED = new BucketState(Status.OPEN, 0, 0);

    public enum Status {
        OPEN(0),
        CLOSED(1),
        /** Kept so that a belated write finds it closed. */
        EMPTIED(2);

        private final int stored;

        Status(int stored) {
            this.stored = stored;
        }

        private static Status of(int stored) {
            for (var status : values()) {
                if (status.stored == stored) {
                    return status;
                }
            }
            throw new IllegalArgumentException("unknown status of a bucket: " + stored);
        }
    }

    /** Of its row, null if the bucket has none in this group. */
    public static BucketState read(byte @Nullable [] row) {
        if (row == null) {
            return UNUSED;
        }
        var buffer = ByteBuffer.wrap(row);
        var version = buffer.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("unknown version of a bucket's state: " + version);
        }
        return new BucketState(Status.of(buffer.get()), buffer.getLong(), buffer.getLong());
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(2 + 2 * Long.BYTES)
                .put(VERSION)
                .put((byte) status.stored)
                .putLong(closing)
                .putLong(revision)
                .array();
    }

    BucketState with(Status next, long deletion) {
        return new BucketState(next, deletion, revision);
    }

    BucketState changed() {
        return new BucketState(status, closing, revision + 1);
    }
}
