package io.murmuration.consensus;

import io.murmuration.consensus.Message.Append;
import io.murmuration.consensus.Message.AppendReply;
import io.murmuration.consensus.Message.CampaignNow;
import io.murmuration.consensus.Message.Cured;
import io.murmuration.consensus.Message.SnapshotOffer;
import io.murmuration.consensus.Message.VoteReply;
import io.murmuration.consensus.Message.VoteRequest;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages as bytes: version (1 byte), kind (1), from (8), to (8), term (8), then the record's further components in their order. Numbers are
 * big-endian, truths one byte; an entry is index (8), term (8), kind (1), length (4) and payload.
 */
public final class MessageCodec {
    private static final byte VERSION = 1;
    private static final int HEAD_BYTES = 2 + 3 * Long.BYTES;
    private static final int ENTRY_BYTES = 2 * Long.BYTES + 1 + Integer.BYTES;

    private MessageCodec() {}

    public static byte[] encode(Message message) {
        var bytes = ByteBuffer.allocate(size(message))
                .put(VERSION)
                .put(kind(message))
                .putLong(message.from())
                .putLong(message.to())
                .putLong(message.term());
        switch (message) {
            case VoteRequest request ->
                bytes.put(flag(request.pre()))
                        .putLong(request.lastIndex())
                        .putLong(request.lastTerm())
                        .put(flag(request.transfer()))
                        .putLong(request.life());
            case VoteReply reply ->
                bytes.put(flag(reply.pre())).put(flag(reply.granted())).putLong(reply.life());
            case Append append -> {
                bytes.putLong(append.previousIndex()).putLong(append.previousTerm());
                bytes.putInt(append.entries().size());
                append.entries().forEach(entry -> put(bytes, entry));
                bytes.putLong(append.commitIndex()).putLong(append.round());
            }
            case AppendReply reply ->
                bytes.put(flag(reply.accepted()))
                        .putLong(reply.matchIndex())
                        .putLong(reply.hintTerm())
                        .putLong(reply.round())
                        .putLong(reply.damage());
            case SnapshotOffer offer ->
                bytes.putLong(offer.index()).putLong(offer.indexTerm()).putLong(offer.round());
            case Cured cured -> bytes.putLong(cured.damage());
            case CampaignNow now -> {}
        }
        return bytes.array();
    }

    /** @throws IllegalArgumentException if these bytes are no message of a known version */
    public static Message decode(byte[] encoded) {
        var bytes = ByteBuffer.wrap(encoded);
        try {
            var message = decode(bytes);
            if (bytes.hasRemaining()) {
                throw new IllegalArgumentException("bytes behind a message");
            }
            return message;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a message is cut off", e);
        }
    }

    private static Message decode(ByteBuffer bytes) {
        if (bytes.get() != VERSION) {
            throw new IllegalArgumentException("not a message of a known version");
        }
        var kind = bytes.get();
        var from = bytes.getLong();
        var to = bytes.getLong();
        var term = bytes.getLong();
        return switch (kind) {
            case 1 ->
                new VoteRequest(
                        from, to, term, flag(bytes), bytes.getLong(), bytes.getLong(), flag(bytes), bytes.getLong());
            case 2 -> new VoteReply(from, to, term, flag(bytes), flag(bytes), bytes.getLong());
            case 3 ->
                new Append(
                        from,
                        to,
                        term,
                        bytes.getLong(),
                        bytes.getLong(),
                        entries(bytes),
                        bytes.getLong(),
                        bytes.getLong());
            case 4 ->
                new AppendReply(
                        from,
                        to,
                        term,
                        flag(bytes),
                        bytes.getLong(),
                        bytes.getLong(),
                        bytes.getLong(),
                        bytes.getLong());
            case 5 -> new SnapshotOffer(from, to, term, bytes.getLong(), bytes.getLong(), bytes.getLong());
            case 6 -> new Cured(from, to, term, bytes.getLong());
            case 7 -> new CampaignNow(from, to, term);
            default -> throw new IllegalArgumentException("not a message of a known kind");
        };
    }

    private static byte kind(Message message) {
        return switch (message) {
            case VoteRequest request -> 1;
            case VoteReply reply -> 2;
            case Append append -> 3;
            case AppendReply reply -> 4;
            case SnapshotOffer offer -> 5;
            case Cured cured -> 6;
            case CampaignNow now -> 7;
        };
    }

    private static int size(Message message) {
        return HEAD_BYTES
                + switch (message) {
                    case VoteRequest request -> 2 + 3 * Long.BYTES;
                    case VoteReply reply -> 2 + Long.BYTES;
                    case Append append ->
                        4 * Long.BYTES
                                + Integer.BYTES
                                + append.entries().stream()
                                        .mapToInt(entry -> ENTRY_BYTES + entry.payload().length)
                                        .sum();
                    case AppendReply reply -> 1 + 4 * Long.BYTES;
                    case SnapshotOffer offer -> 3 * Long.BYTES;
                    case Cured cured -> Long.BYTES;
                    case CampaignNow now -> 0;
                };
    }

    private static void put(ByteBuffer bytes, Entry entry) {
        bytes.putLong(entry.index())
                .putLong(entry.term())
                .put(code(entry.kind()))
                .putInt(entry.payload().length)
                .put(entry.payload());
    }

    private static List<Entry> entries(ByteBuffer bytes) {
        var count = bytes.getInt();
        if (count < 0 || count > bytes.remaining() / ENTRY_BYTES) {
            throw new IllegalArgumentException("a message is cut off");
        }
        var entries = new ArrayList<Entry>(count);
        for (var i = 0; i < count; i++) {
            var index = bytes.getLong();
            var term = bytes.getLong();
            var kind = entryKind(bytes.get());
            var length = bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                throw new IllegalArgumentException("a message is cut off");
            }
            var payload = new byte[length];
            bytes.get(payload);
            entries.add(new Entry(index, term, kind, payload));
        }
        return entries;
    }

    private static byte code(Entry.Kind kind) {
        return switch (kind) {
            case TERM_OPENED -> 1;
            case VOTERS -> 2;
            case COMMAND -> 3;
        };
    }

    private static Entry.Kind entryKind(byte code) {
        return switch (code) {
            case 1 -> Entry.Kind.TERM_OPENED;
            case 2 -> Entry.Kind.VOTERS;
            case 3 -> Entry.Kind.COMMAND;
            default -> throw new IllegalArgumentException("not an entry of a known kind");
        };
    }

    private static byte flag(boolean set) {
        return (byte) (set ? 1 : 0);
    }

    private static boolean flag(ByteBuffer bytes) {
        return switch (bytes.get()) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new IllegalArgumentException("not a truth");
        };
    }
}
