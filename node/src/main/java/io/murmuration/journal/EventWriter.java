package io.murmuration.journal;

import io.murmuration.journal.Command.AppendEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.journal.Tagged;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/**
 * Turns one batch of writes into as few commands as their bound allows. A write that cannot be serialized, or is too long for an entry, is
 * rejected alone; the sequence numbers that it had are used up.
 */
final class EventWriter {
    /** What a command takes besides its events, and an event besides its payloads and rows: rather too much than too little. */
    private static final int OVERHEAD_BYTES = 512;

    private final PayloadCodec payloads;
    private final int commandBytesMax;
    private final List<Proposal> proposals = new ArrayList<>();
    private final List<Optional<Exception>> rejections = new ArrayList<>();
    private @Nullable Batch batch;

    /** A command for the group in which its entity lives. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Proposal(String persistenceId, byte[] command) {}

    private static final class Batch {
        private final String persistenceId;
        private final long expected;
        private final String writerUuid;
        private final List<LoggedEvent> events = new ArrayList<>();
        private long highest;
        private int bytes;

        private Batch(String persistenceId, long expected, String writerUuid) {
            this.persistenceId = persistenceId;
            this.expected = expected;
            this.writerUuid = writerUuid;
            this.highest = expected;
            this.bytes = OVERHEAD_BYTES + 2 * persistenceId.length();
        }
    }

    EventWriter(PayloadCodec payloads, int commandBytesMax) {
        this.payloads = payloads;
        this.commandBytesMax = commandBytesMax;
    }

    void add(AtomicWrite write) {
        List<LoggedEvent> events = List.of();
        Optional<Exception> rejection = Optional.empty();
        try {
            events = encode(write);
            if (OVERHEAD_BYTES + 2 * write.persistenceId().length() + sizeBytes(events) > commandBytesMax) {
                throw new IllegalArgumentException(
                        "the events of one write are longer than an entry of the log may be: " + sizeBytes(events));
            }
        } catch (Exception unwritable) { // serializers throw what they like, checked exceptions through Scala's Try too
            events = List.of();
            rejection = Optional.of(unwritable);
        }
        rejections.add(rejection);
        append(write, events);
    }

    private void append(AtomicWrite write, List<LoggedEvent> events) {
        var bytes = sizeBytes(events);
        var open = batch;
        if (open == null
                || !open.persistenceId.equals(write.persistenceId())
                || open.highest != write.lowestSequenceNr() - 1
                || open.bytes + bytes > commandBytesMax) {
            close();
            open = new Batch(
                    write.persistenceId(),
                    write.lowestSequenceNr() - 1,
                    write.payload().head().writerUuid());
            batch = open;
        }
        open.events.addAll(events);
        open.bytes += bytes;
        open.highest = write.highestSequenceNr();
    }

    private void close() {
        var done = batch;
        if (done != null) {
            // The replica stamps its own term.
            var command =
                    new AppendEvents(0, done.persistenceId, done.expected, done.highest, done.writerUuid, done.events);
            proposals.add(new Proposal(done.persistenceId, CommandCodec.encode(command)));
        }
        batch = null;
    }

    /** The commands to propose, in this order. */
    List<Proposal> proposals() {
        close();
        return proposals;
    }

    /** For each write in order why it was rejected, or nothing. */
    List<Optional<Exception>> rejections() {
        return rejections;
    }

    private List<LoggedEvent> encode(AtomicWrite write) {
        var events = new ArrayList<LoggedEvent>();
        for (var event : CollectionConverters.asJava(write.payload())) {
            events.add(encode(event));
        }
        return events;
    }

    private LoggedEvent encode(PersistentRepr event) {
        var value = event.payload() instanceof Tagged tagged ? tagged.payload() : event.payload();
        var rows = value instanceof RowEvent rowEvent ? rowEvent.rowChanges() : List.<RowChange>of();
        var isKept = !(value instanceof RowEvent rowEvent) || rowEvent.retained();
        var metadata = OptionConverters.toJava(event.metadata());
        return new LoggedEvent(
                event.sequenceNr(),
                event.timestamp(),
                event.manifest(),
                isKept ? payloads.encode(value) : null,
                metadata.isPresent() ? payloads.encode(metadata.get()) : null,
                rows);
    }

    private static int sizeBytes(List<LoggedEvent> events) {
        long size = 0;
        for (var event : events) {
            size += OVERHEAD_BYTES
                    + 3L * event.adapterManifest().length()
                    + sizeBytes(event.payload())
                    + sizeBytes(event.metadata());
            for (var row : event.rows()) {
                var value = row.value();
                size += 16 + row.key().length + (value == null ? 0 : value.length);
            }
        }
        return (int) Math.min(size, Integer.MAX_VALUE / 2);
    }

    private static int sizeBytes(@Nullable Payload payload) {
        return payload == null
                ? 0
                : payload.bytes().length + 3 * payload.manifest().length();
    }
}
