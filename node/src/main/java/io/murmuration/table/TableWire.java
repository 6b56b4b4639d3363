package io.murmuration.table;

import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.journal.entity.Answer;
import io.murmuration.journal.entity.AnswerCodec;
import io.murmuration.protocol.table.AttributeValue;
import io.murmuration.protocol.table.ItemCodec;
import io.murmuration.protocol.table.operation.ExpressionTexts;
import io.murmuration.protocol.table.operation.TableRequest;
import io.murmuration.protocol.table.operation.TableRequest.DeleteItem;
import io.murmuration.protocol.table.operation.TableRequest.PutItem;
import io.murmuration.protocol.table.operation.TableRequest.ReturnCapacity;
import io.murmuration.protocol.table.operation.TableRequest.ReturnValues;
import io.murmuration.protocol.table.operation.TableRequest.UpdateItem;
import io.murmuration.table.partition.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What nodes ask each other on the channel of tables, as bytes. Expressions travel as texts: the other side compiles them, which its cache makes
 * cheap. Of one release: all nodes of a cluster run the same.
 */
final class TableWire {
    private static final int WRITES = 1;
    private static final int READ = 2;
    private static final int PUT = 1;
    private static final int UPDATE = 2;
    private static final int DELETE = 3;
    private static final int SINGLE = 1;
    private static final int RANGE = 2;
    private static final int PAGE = 1;
    private static final int GONE = 2;
    private static final int WRITTEN = 1;
    private static final int CONDITION_FAILED = 2;
    private static final int REFUSED = 3;
    private static final int TABLE_CLOSED = 4;

    private TableWire() {}

    sealed interface Call {
        int group();
    }

    /** @param table its id */
    record Writes(int group, long table, long millisLeft, List<TableRequest> requests) implements Call {}

    record Reading(int group, boolean consistent, long millisLeft, Read read) implements Call {}

    // ---- calls ----

    static byte[] encode(Call call) {
        var to = new ByteWriter(512);
        switch (call) {
            case Writes writes -> {
                to.int8(WRITES).int32(writes.group()).int64(writes.table()).int64(writes.millisLeft());
                list(to, writes.requests(), TableWire::writeRequest);
            }
            case Reading reading -> {
                to.int8(READ).int32(reading.group()).flag(reading.consistent()).int64(reading.millisLeft());
                writeRead(to, reading.read());
            }
        }
        return to.toBytes();
    }

    static Call decode(byte[] bytes) {
        var from = new ByteReader(bytes);
        var kind = from.int8();
        return switch (kind) {
            case WRITES -> new Writes(from.int32(), from.int64(), from.int64(), list(from, TableWire::readRequest));
            case READ -> new Reading(from.int32(), from.flag(), from.int64(), readRead(from));
            default -> throw unknown("call", kind);
        };
    }

    private static void writeRequest(ByteWriter to, TableRequest request) {
        switch (request) {
            case PutItem put ->
                write(
                        to.int8(PUT),
                        put.table(),
                        put.item(),
                        put.expressions(),
                        put.returnValues(),
                        put.returnItemIfConditionFails());
            case UpdateItem update ->
                write(
                        to.int8(UPDATE),
                        update.table(),
                        update.key(),
                        update.expressions(),
                        update.returnValues(),
                        update.returnItemIfConditionFails());
            case DeleteItem delete ->
                write(
                        to.int8(DELETE),
                        delete.table(),
                        delete.key(),
                        delete.expressions(),
                        delete.returnValues(),
                        delete.returnItemIfConditionFails());
            default -> throw new IllegalArgumentException("no write of one item: " + request.operation());
        }
    }

    private static void write(
            ByteWriter to,
            String table,
            Map<String, AttributeValue> attributes,
            ExpressionTexts texts,
            ReturnValues returnValues,
            boolean returnItem) {
        to.text(table).bytes(ItemCodec.encode(attributes));
        nullable(to, texts.condition(), TableWire::text);
        nullable(to, texts.update(), TableWire::text);
        nullable(to, texts.names(), TableWire::writeNames);
        nullable(to, texts.values(), (out, values) -> out.bytes(ItemCodec.encode(values)));
        to.text(returnValues.name()).flag(returnItem);
    }

    private static TableRequest readRequest(ByteReader from) {
        var kind = from.int8();
        var table = from.text();
        var attributes = ItemCodec.decode(from.bytes());
        var condition = nullable(from, TableWire::text);
        var update = nullable(from, TableWire::text);
        var names = nullable(from, TableWire::readNames);
        var values = nullable(from, in -> ItemCodec.decode(in.bytes()));
        var texts = new ExpressionTexts(condition, update, null, null, null, null, names, values);
        var returnValues = ReturnValues.valueOf(from.text());
        var returnItem = from.flag();
        return switch (kind) {
            case PUT -> new PutItem(table, attributes, texts, returnValues, returnItem, ReturnCapacity.NONE);
            case UPDATE -> new UpdateItem(table, attributes, texts, returnValues, returnItem, ReturnCapacity.NONE);
            case DELETE -> new DeleteItem(table, attributes, texts, returnValues, returnItem, ReturnCapacity.NONE);
            default -> throw unknown("write", kind);
        };
    }

    private static void writeRead(ByteWriter to, Read read) {
        switch (read) {
            case Read.Single single -> list(to.int8(SINGLE).int64(single.table()), single.rowKeys(), ByteWriter::bytes);
            case Read.Range range ->
                to.int8(RANGE)
                        .int64(range.table())
                        .bytes(range.from())
                        .bytes(range.to())
                        .flag(range.reverse())
                        .int32(range.rowsMax())
                        .int64(range.bytesMax())
                        .flag(range.atLeastOne());
        }
    }

    private static Read readRead(ByteReader from) {
        var kind = from.int8();
        return switch (kind) {
            case SINGLE -> new Read.Single(from.int64(), list(from, ByteReader::bytes));
            case RANGE ->
                new Read.Range(
                        from.int64(), from.bytes(), from.bytes(), from.flag(), from.int32(), from.int64(), from.flag());
            default -> throw unknown("read", kind);
        };
    }

    // ---- answers ----

    static byte[] encodeOutcomes(Answer<List<Answer<Outcome>>> answer) {
        return AnswerCodec.encode(
                answer,
                (to, outcomes) ->
                        list(to, outcomes, (each, one) -> AnswerCodec.write(each, one, TableWire::writeOutcome)));
    }

    static Answer<List<Answer<Outcome>>> decodeOutcomes(byte[] bytes) {
        return AnswerCodec.read(
                new ByteReader(bytes), from -> list(from, each -> AnswerCodec.read(each, TableWire::readOutcome)));
    }

    static byte[] encodeFound(Answer<Read.Found> answer) {
        return AnswerCodec.encode(answer, TableWire::writeFound);
    }

    static Answer<Read.Found> decodeFound(byte[] bytes) {
        return AnswerCodec.read(new ByteReader(bytes), TableWire::readFound);
    }

    private static void writeOutcome(ByteWriter to, Outcome outcome) {
        switch (outcome) {
            case Outcome.Written written -> {
                nullable(to.int8(WRITTEN), written.attributes(), TableWire::item);
                to.int32(written.sizeBefore()).int32(written.sizeAfter());
            }
            case Outcome.ConditionFailed failed -> nullable(to.int8(CONDITION_FAILED), failed.item(), TableWire::item);
            case Outcome.Refused refused -> AnswerCodec.writeError(to.int8(REFUSED), refused.error());
            case Outcome.TableClosed closed -> to.int8(TABLE_CLOSED);
            case Outcome.Closed closed -> throw new IllegalArgumentException("closing is not asked from elsewhere");
            case Outcome.Trimmed trimmed -> throw new IllegalArgumentException("trimming is not asked from elsewhere");
            case Outcome.Purged purged -> throw new IllegalArgumentException("purging is not asked from elsewhere");
        }
    }

    private static Outcome readOutcome(ByteReader from) {
        var kind = from.int8();
        return switch (kind) {
            case WRITTEN -> new Outcome.Written(nullable(from, TableWire::item), from.int32(), from.int32());
            case CONDITION_FAILED -> new Outcome.ConditionFailed(nullable(from, TableWire::item));
            case REFUSED -> new Outcome.Refused(AnswerCodec.readError(from));
            case TABLE_CLOSED -> new Outcome.TableClosed();
            default -> throw unknown("outcome", kind);
        };
    }

    private static void writeFound(ByteWriter to, Read.Found found) {
        switch (found) {
            case Read.Page page ->
                list(to.int8(PAGE).int32(page.examined()).text(page.end().name()), page.rows(), (out, row) -> out.bytes(
                                row.key())
                        .bytes(row.value()));
            case Read.Gone gone -> to.int8(GONE);
        }
    }

    private static Read.Found readFound(ByteReader from) {
        var kind = from.int8();
        return switch (kind) {
            case PAGE -> {
                var examined = from.int32();
                var end = Read.End.valueOf(from.text());
                yield new Read.Page(list(from, in -> new Read.Row(in.bytes(), in.bytes())), examined, end);
            }
            case GONE -> new Read.Gone();
            default -> throw unknown("find", kind);
        };
    }

    // ---- parts ----

    private static void item(ByteWriter to, Map<String, AttributeValue> item) {
        to.bytes(ItemCodec.encode(item));
    }

    private static Map<String, AttributeValue> item(ByteReader from) {
        return ItemCodec.decode(from.bytes());
    }

    private static void writeNames(ByteWriter to, Map<String, String> names) {
        to.int32(names.size());
        names.forEach((placeholder, name) -> {
            text(to, placeholder);
            text(to, name);
        });
    }

    private static Map<String, String> readNames(ByteReader from) {
        var names = new LinkedHashMap<String, String>();
        for (var left = from.count(); left > 0; left--) {
            names.put(text(from), text(from));
        }
        return names;
    }

    private static void text(ByteWriter to, String text) {
        to.bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteReader from) {
        return new String(from.bytes(), StandardCharsets.UTF_8);
    }

    private static <T> void list(ByteWriter to, List<T> elements, BiConsumer<ByteWriter, T> write) {
        to.int32(elements.size());
        elements.forEach(element -> write.accept(to, element));
    }

    private static <T> List<T> list(ByteReader from, Function<ByteReader, T> read) {
        var count = from.count();
        var elements = new ArrayList<T>(count);
        for (var i = 0; i < count; i++) {
            elements.add(read.apply(from));
        }
        return elements;
    }

    private static <T> void nullable(ByteWriter to, @Nullable T value, BiConsumer<ByteWriter, T> write) {
        to.flag(value != null);
        if (value != null) {
            write.accept(to, value);
        }
    }

    private static <T> @Nullable T nullable(ByteReader from, Function<ByteReader, T> read) {
        return from.flag() ? read.apply(from) : null;
    }

    private static IllegalArgumentException unknown(String what, int kind) {
        return new IllegalArgumentException("unknown " + what + " between nodes: " + kind);
    }
}
