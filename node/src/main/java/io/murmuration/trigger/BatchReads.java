package io.murmuration.trigger;

import io.murmuration.journal.Journal;
import io.murmuration.protocol.function.mapping.FilterPattern;
import io.murmuration.protocol.function.mapping.StreamPayload;
import io.murmuration.table.StreamFeed;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a mapping has to do next in one shard. May wait for the disk. */
final class BatchReads {
    private final Journal journal;
    private final StreamFeed streams;
    private final TriggerSettings settings;

    BatchReads(Journal journal, StreamFeed streams, TriggerSettings settings) {
        this.journal = journal;
        this.streams = streams;
        this.settings = settings;
    }

    sealed interface Found {}

    /** No record that the mapping has not passed, or its cursor does not run. */
    record Nothing() implements Found {}

    record StreamGone() implements Found {}

    /**
     * Records that are not to be sent.
     *
     * @param why null if that is as the user wants it
     */
    record PassedOver(
            Cursor cursor, long to, int records, @Nullable String why) implements Found {}

    /**
     * @param to place of the last record that was looked at
     * @param sent the places of those that are in the payload, and their sequence numbers
     * @param full whether waiting for more records would be in vain
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Batch(Cursor cursor, long to, List<Long> sent, List<String> sequenceNumbers, byte[] payload, boolean full)
            implements Found {}

    @Nullable
    Cursor cursor(Mapping mapping, int group) {
        return Cursor.read(journal.rows(group).get(Cursor.key(mapping.id())));
    }

    Found next(Mapping mapping, List<FilterPattern> filters, int group, long nowMillis) {
        var cursor = cursor(mapping, group);
        if (cursor == null || cursor.status() != Cursor.Status.RUNNING) {
            return new Nothing();
        }
        var until = cursor.until() == 0 ? Long.MAX_VALUE : cursor.until();
        var most = mapping.settings().batchSize();
        return switch (streams.read(mapping.table(), group, cursor.after(), until, most)) {
            case StreamFeed.Page.Gone gone -> new StreamGone();
            case StreamFeed.Page.Records page ->
                page.entries().isEmpty() ? nothing(cursor) : batch(mapping, filters, cursor, page, nowMillis);
        };
    }

    /** A batch that was to be tried again, and of which nothing is left, was trimmed. */
    private static Found nothing(Cursor cursor) {
        return cursor.until() == 0
                ? new Nothing()
                : new PassedOver(cursor, cursor.until(), 0, "the records of a batch were no longer kept");
    }

    private Found batch(
            Mapping mapping, List<FilterPattern> filters, Cursor cursor, StreamFeed.Page.Records page, long nowMillis) {
        var entries = page.entries();
        var expired = expired(mapping, entries, nowMillis);
        if (expired > 0) {
            var to = entries.get(expired - 1).revision();
            return new PassedOver(cursor, to, expired, "they were older than they may be");
        }
        var matching = new ArrayList<StreamFeed.Entry>();
        var records = new ArrayList<byte[]>();
        for (var entry : entries) {
            var record = StreamPayload.record(entry.change(), mapping.source().text());
            if (FilterPattern.matchesAny(filters, record)) {
                matching.add(entry);
                records.add(record);
            }
        }
        if (records.isEmpty()) {
            return new PassedOver(cursor, entries.getLast().revision(), entries.size(), null);
        }
        var built = StreamPayload.of(records, settings.payloadBytesMax());
        var cut = built.records() < records.size();
        var sent = matching.subList(0, built.records());
        var to = cut ? sent.getLast().revision() : entries.getLast().revision();
        return new Batch(
                cursor,
                to,
                sent.stream().map(StreamFeed.Entry::revision).toList(),
                sent.stream().map(entry -> entry.change().sequenceNumber()).toList(),
                built.json(),
                cut || page.full() || cursor.until() != 0);
    }

    private int expired(Mapping mapping, List<StreamFeed.Entry> entries, long nowMillis) {
        var oldest = nowMillis
                - ReaderRules.ageMax(mapping.settings(), streams.retention()).toMillis();
        var count = 0;
        while (count < entries.size() && entries.get(count).change().millis() <= oldest) {
            count++;
        }
        return count;
    }
}
