package io.murmuration.trigger;

import io.murmuration.function.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A record as a function got it. */
record Delivered(String key, long n, String sequenceNumber, String eventId) {
    private static final Pattern RECORD = Pattern.compile(
            "\"eventID\":\"([0-9a-f]+)\".*?\"Keys\":\\{\"p\":\\{\"S\":\"([^\"]*)\"}}.*?\"n\":\\{\"N\":\"(\\d+)\"}"
                    + ".*?\"SequenceNumber\":\"(\\d+)\"");
    private static final int SHARD_FROM = 8;
    private static final int SHARD_TO = 16;

    /** The shard, which an event's id names. */
    String shard() {
        return eventId.substring(SHARD_FROM, SHARD_TO);
    }

    static List<Delivered> of(Functions.Call call) {
        var records = new ArrayList<Delivered>();
        var found = RECORD.matcher(call.payload().utf8String());
        while (found.find()) {
            records.add(new Delivered(found.group(2), Long.parseLong(found.group(3)), found.group(4), found.group(1)));
        }
        return records;
    }

    /** All that were sent, in the order of the calls. */
    static List<Delivered> of(List<Functions.Call> calls) {
        return calls.stream().flatMap(call -> of(call).stream()).toList();
    }
}
