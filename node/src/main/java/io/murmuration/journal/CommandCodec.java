package io.murmuration.journal;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.journal.Command.AppendEvents;
import io.murmuration.journal.Command.DeleteEvents;
import io.murmuration.journal.Command.DeleteSnapshots;
import io.murmuration.journal.Command.SaveSnapshotPart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commands as bytes: format version, kind, term, then the fields in the order of the record. The term has a fixed place so that the replica
 * can stamp its own onto a command that was encoded elsewhere.
 */
final class CommandCodec {
    private static final int VERSION = 1;
    private static final int TERM_OFFSET = 2;
    private static final int APPEND_EVENTS = 1;
    private static final int DELETE_EVENTS = 2;
    private static final int SAVE_SNAPSHOT_PART = 3;
    private static final int DELETE_SNAPSHOTS = 4;

    private CommandCodec() {}

    static byte[] encode(Command command) {
        return switch (command) {
            case AppendEvents append -> encodeAppend(append);
            case DeleteEvents delete ->
                head(DELETE_EVENTS, delete, 64).int64(delete.toSequenceNumber()).toBytes();
            case SaveSnapshotPart save -> encodeSave(save);
            case DeleteSnapshots delete ->
                head(DELETE_SNAPSHOTS, delete, 96)
                        .int64(delete.minSequenceNumber())
                        .int64(delete.maxSequenceNumber())
                        .int64(delete.minTimestampMillis())
                        .int64(delete.maxTimestampMillis())
                        .toBytes();
        };
    }

    /** Writes the term into an encoded command that was not yet handed to anybody else. */
    static void stamp(byte[] command, long term) {
        ByteBuffer.wrap(command).putLong(TERM_OFFSET, term);
    }

    /** Fails with {@link IllegalArgumentException} if the bytes are none of a command. */
    static Command decode(byte[] bytes) {
        var in = new ByteReader(bytes);
        var version = in.int8();
        if (version != VERSION) {
            throw new IllegalArgumentException("command of format version " + version);
        }
        var kind = in.int8();
        var term = in.int64();
        var persistenceId = in.text();
        var command =
                switch (kind) {
                    case APPEND_EVENTS ->
                        new AppendEvents(term, persistenceId, in.int64(), in.int64(), in.text(), events(in));
                    case DELETE_EVENTS -> new DeleteEvents(term, persistenceId, in.int64());
                    case SAVE_SNAPSHOT_PART ->
                        new SaveSnapshotPart(
                                term,
                                persistenceId,
                                in.int64(),
                                in.int64(),
                                in.int64(),
                                in.int32(),
                                in.int32(),
                                payload(in),
                                optional(in));
                    case DELETE_SNAPSHOTS ->
                        new DeleteSnapshots(term, persistenceId, in.int64(), in.int64(), in.int64(), in.int64());
                    default -> throw new IllegalArgumentException("command of kind " + kind);
                };
        in.end();
        return command;
    }

    private static ByteWriter head(int kind, Command command, int capacity) {
        return new ByteWriter(capacity)
                .int8(VERSION)
                .int8(kind)
                .int64(command.term())
                .text(command.persistenceId());
    }

    private static byte[] encodeAppend(AppendEvents append) {
        var out = head(APPEND_EVENTS, append, 512)
                .int64(append.expectedSequenceNumber())
                .int64(append.highestSequenceNumber())
                .text(append.writerUuid())
                .int32(append.events().size());
        for (var event : append.events()) {
            out.int64(event.sequenceNumber()).int64(event.timestampMillis()).text(event.adapterManifest());
            optional(out, event.payload());
            optional(out, event.metadata());
            out.int32(event.rows().size());
            for (var row : event.rows()) {
                out.bytes(row.key()).flag(row.value() != null);
                if (row.value() != null) {
                    out.bytes(row.value());
                }
            }
        }
        return out.toBytes();
    }

    private static List<LoggedEvent> events(ByteReader in) {
        var count = in.count();
        var events = new ArrayList<LoggedEvent>(count);
        for (int i = 0; i < count; i++) {
            events.add(new LoggedEvent(in.int64(), in.int64(), in.text(), optional(in), optional(in), rows(in)));
        }
        return events;
    }

    private static List<RowChange> rows(ByteReader in) {
        var count = in.count();
        var rows = new ArrayList<RowChange>(count);
        for (int i = 0; i < count; i++) {
            var key = in.bytes();
            rows.add(new RowChange(key, in.flag() ? in.bytes() : null));
        }
        return rows;
    }

    private static byte[] encodeSave(SaveSnapshotPart save) {
        var out = head(SAVE_SNAPSHOT_PART, save, save.payload().bytes().length + 128)
                .int64(save.sequenceNumber())
                .int64(save.timestampMillis())
                .int64(save.upload())
                .int32(save.part())
                .int32(save.parts());
        payload(out, save.payload());
        optional(out, save.metadata());
        return out.toBytes();
    }

    static void payload(ByteWriter out, Payload payload) {
        out.int32(payload.serializerId()).text(payload.manifest()).bytes(payload.bytes());
    }

    static Payload payload(ByteReader in) {
        return new Payload(in.int32(), in.text(), in.bytes());
    }

    static void optional(ByteWriter out, @Nullable Payload payload) {
        out.flag(payload != null);
        if (payload != null) {
            payload(out, payload);
        }
    }

    static @Nullable Payload optional(ByteReader in) {
        return in.flag() ? payload(in) : null;
    }
}
