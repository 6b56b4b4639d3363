package io.murmuration.object;

import io.murmuration.object.RangeRules.Slice;
import io.murmuration.object.index.ObjectEntry;
import io.murmuration.protocol.object.body.Checksum;
import io.murmuration.protocol.object.body.ChecksumType;
import io.murmuration.protocol.object.operation.ObjectReply;
import io.murmuration.protocol.object.operation.Reading;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

/** What the port answers. */
public sealed interface ObjectAnswer {
    /** It is told as a document. */
    record Document(ObjectReply reply) implements ObjectAnswer {}

    /** Done, and there is nothing to tell. */
    record Done() implements ObjectAnswer {}

    record BucketCreated(String bucket) implements ObjectAnswer {}

    record BucketFound(String region) implements ObjectAnswer {}

    /** @param checksumType null for a part */
    record Stored(String etag, Checksum checksum, @Nullable ChecksumType checksumType) implements ObjectAnswer {}

    /**
     * An object to be read.
     *
     * @param slice which bytes of it; null for all
     * @param bytes those bytes; not begun before somebody reads them. Fails if they cannot all be read
     * @param parts how many parts it has, if one of them was asked for by its number; else 0
     */
    record Opened(
            ObjectEntry entry, Reading reading, @Nullable Slice slice, Source<ByteString, ?> bytes, int parts)
            implements ObjectAnswer {}
}
