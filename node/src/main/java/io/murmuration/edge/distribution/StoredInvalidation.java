package io.murmuration.edge.distribution;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.protocol.edge.EdgeReply;
import io.murmuration.protocol.edge.EdgeRequest;
import java.util.ArrayList;

/**
 * An invalidation as the catalogue keeps it.
 *
 * @param distribution its id
 * @param site under which points of presence keep what is of that distribution
 */
record StoredInvalidation(String distribution, String site, EdgeReply.Invalidation shown) {
    private static final int FORMAT = 1;

    StoredInvalidation done() {
        return new StoredInvalidation(
                distribution, site, new EdgeReply.Invalidation(shown.id(), true, shown.createdMillis(), shown.batch()));
    }

    byte[] encode() {
        var batch = shown.batch();
        var to = new ByteWriter(256)
                .int8(FORMAT)
                .text(distribution)
                .text(site)
                .text(shown.id())
                .flag(shown.completed())
                .int64(shown.createdMillis())
                .text(batch.callerReference())
                .int32(batch.paths().size());
        batch.paths().forEach(to::text);
        return to.toBytes();
    }

    static StoredInvalidation decode(byte[] content) {
        var from = new ByteReader(content);
        int format = from.int8();
        if (format != FORMAT) {
            throw new IllegalArgumentException("an invalidation is stored in the unknown format " + format);
        }
        var distribution = from.text();
        var site = from.text();
        var id = from.text();
        var completed = from.flag();
        var createdMillis = from.int64();
        var reference = from.text();
        var paths = new ArrayList<String>();
        for (int left = from.count(); left > 0; left--) {
            paths.add(from.text());
        }
        return new StoredInvalidation(
                distribution,
                site,
                new EdgeReply.Invalidation(id, completed, createdMillis, new EdgeRequest.Batch(paths, reference)));
    }
}
