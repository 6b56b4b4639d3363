package io.murmuration.table;

import io.murmuration.protocol.table.operation.StreamArn;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A place in a shard of a stream, as clients carry it from one reading to the next. Its text is the stream's ARN, a version and what only we read.
 *
 * @param after go on with the first record whose revision is greater
 * @param madeMillis epoch milliseconds; it is valid for {@link #VALID_MILLIS}
 */
record StreamIterator(StreamArn stream, int group, long after, long madeMillis) {
    static final long VALID_MILLIS = 15 * 60_000;

    private static final String VERSION = "1";

    String text() {
        var place = group + ":" + after + ":" + madeMillis;
        return stream.text() + "|" + VERSION + "|"
                + Base64.getEncoder().encodeToString(place.getBytes(StandardCharsets.US_ASCII));
    }

    /** Empty if it is none. */
    static Optional<StreamIterator> parse(String text) {
        var parts = text.split("\\|", -1);
        if (parts.length != 3 || !parts[1].equals(VERSION)) {
            return Optional.empty();
        }
        try {
            var place = new String(Base64.getDecoder().decode(parts[2]), StandardCharsets.US_ASCII).split(":", -1);
            if (place.length != 3) {
                return Optional.empty();
            }
            var group = Integer.parseInt(place[0]);
            var after = Long.parseLong(place[1]);
            var made = Long.parseLong(place[2]);
            return after < 0
                    ? Optional.empty()
                    : StreamArn.parse(parts[0]).map(stream -> new StreamIterator(stream, group, after, made));
        } catch (IllegalArgumentException neitherBase64NorNumbers) {
            return Optional.empty();
        }
    }

    boolean isValid(long nowMillis) {
        return nowMillis - madeMillis <= VALID_MILLIS;
    }
}
