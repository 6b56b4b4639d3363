package io.murmuration.table;

import io.murmuration.catalogue.Catalogue.Table;
import io.murmuration.protocol.table.operation.StreamReply.ItemChange;
import io.murmuration.table.partition.StreamRecord;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** How the shards of a stream and the records in them are named: a shard is the table's partition in a group, a record its change. */
final class StreamShards {
    private static final int PREFIX_CHARS = "shardId-".length();
    private static final int GROUP_DIGITS = 20;

    /** DynamoDB allows 21 to 40. */
    private static final int SEQUENCE_DIGITS = 21;

    private StreamShards() {}

    static String id(Table table, int group) {
        return String.format(Locale.ROOT, "shardId-%020d-%08x", group, (int) table.id());
    }

    /** The group of a shard of the table; empty if there is no such shard. */
    static OptionalInt group(Table table, String shard, int groups) {
        if (shard.length() < PREFIX_CHARS + GROUP_DIGITS) {
            return OptionalInt.empty();
        }
        try {
            var group = Integer.parseInt(shard.substring(PREFIX_CHARS, PREFIX_CHARS + GROUP_DIGITS));
            return group >= 1 && group < groups && id(table, group).equals(shard)
                    ? OptionalInt.of(group)
                    : OptionalInt.empty();
        } catch (NumberFormatException noNumber) {
            return OptionalInt.empty();
        }
    }

    static String sequenceNumber(long revision) {
        return String.format(Locale.ROOT, "%0" + SEQUENCE_DIGITS + "d", revision);
    }

    /** Empty if it is none. */
    static OptionalLong revision(String sequenceNumber) {
        try {
            var revision = Long.parseLong(sequenceNumber);
            return revision >= 0 ? OptionalLong.of(revision) : OptionalLong.empty();
        } catch (NumberFormatException noNumber) {
            return OptionalLong.empty();
        }
    }

    /** The same whenever the record is read; no other record has it. */
    static String eventId(long table, int group, long revision) {
        return String.format(Locale.ROOT, "%08x%08x%016x", (int) table, group, revision);
    }

    /** A record as readers of the stream see it. */
    static ItemChange record(long table, int group, long revision, StreamRecord stored, String region) {
        return new ItemChange(
                eventId(table, group, revision),
                stored.change().name(),
                region,
                stored.view().name(),
                sequenceNumber(revision),
                stored.millis(),
                stored.sizeBytes(),
                stored.key(),
                stored.newImage(),
                stored.oldImage());
    }
}
