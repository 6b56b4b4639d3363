package io.murmuration.protocol.function.mapping;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.murmuration.protocol.function.JsonText;
import io.murmuration.protocol.table.json.StreamReplyCodec;
import io.murmuration.protocol.table.operation.StreamReply.ItemChange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The event that a function gets from a table's stream. */
public final class StreamPayload {
    private static final String BEGIN = "{\"Records\":[";
    private static final String END = "]}";

    private StreamPayload() {}

    /**
     * The event and how many of the records are in it, the first so many; at least one.
     *
     * @param json in UTF-8
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Built(byte[] json, int records) {}

    /** One record, as JSON. */
    public static byte[] record(ItemChange change, String streamArn) {
        return JsonText.value(to -> StreamReplyCodec.write(to, change, streamArn));
    }

    /** @param bytesMax of the event, unless its first record alone exceeds it */
    public static Built of(List<byte[]> records, int bytesMax) {
        var taken = new ArrayList<byte[]>(records.size());
        var size = BEGIN.length() + END.length();
        for (var record : records) {
            var more = record.length + (taken.isEmpty() ? 0 : 1);
            if (size + more > bytesMax && !taken.isEmpty()) {
                break;
            }
            size += more;
            taken.add(record);
        }
        return new Built(joined(taken, size), taken.size());
    }

    private static byte[] joined(List<byte[]> records, int size) {
        var bytes = ByteBuffer.allocate(size).put(BEGIN.getBytes(US_ASCII));
        for (var at = 0; at < records.size(); at++) {
            if (at > 0) {
                bytes.put((byte) ',');
            }
            bytes.put(records.get(at));
        }
        return bytes.put(END.getBytes(US_ASCII)).array();
    }
}
