package io.murmuration.object.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.murmuration.journal.Rows;
import io.murmuration.journal.entity.FakeJournal.FakeRows;
import io.murmuration.object.chunk.ChunkId;
import io.murmuration.object.chunk.ChunkRef;
import io.murmuration.protocol.ServiceException;
import io.murmuration.protocol.object.ObjectError;
import io.murmuration.protocol.object.body.Checksum;
import io.murmuration.protocol.object.body.ChecksumAlgorithm;
import io.murmuration.protocol.object.body.ChecksumType;
import io.murmuration.protocol.object.operation.ObjectHeaders;
import io.murmuration.protocol.object.operation.WriteConditions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every decision of a bucket's index, without a journal. */
class IndexRulesTest {
    private static final long BUCKET = 7;
    private static final int BYTES_MAX = 900 << 10;
    private static final Checksum SUM = new Checksum(ChecksumAlgorithm.CRC32, "AAAAAA==");
    private static final ObjectHeaders HEADERS =
            new ObjectHeaders("text/plain", null, null, null, null, null, Map.of("a", "1"));

    private final FakeRows rows = new FakeRows();

    @Test
    void a_small_object_is_stored_beside_its_bytes() {
        var outcome = decide(put("k", "e1", WriteConditions.NONE));

        assertThat(outcome).isInstanceOf(IndexOutcome.Stored.class);
        assertThat(found("k").entry()).isEqualTo(((IndexOutcome.Stored) outcome).entry());
        assertThat(found("k").inline()).containsExactly(1, 2, 3);
    }

    /** An overwrite between the two looks at an object's rows. */
    @Test
    void an_object_is_read_with_its_own_bytes_while_it_is_overwritten() {
        for (int times = 1; times <= 3; times++) {
            decide(put("k", "e0", new byte[] {0}));
            var found =
                    (IndexFound.Found) IndexReads.read(new Overwritten(times), new IndexRead.Find(BUCKET, "k", true));

            assertThat(Objects.requireNonNull(found.entry()).etag()).isEqualTo("e" + times);
            assertThat(found.inline()).containsExactly(times);
        }
        assertThatThrownBy(() ->
                        IndexReads.read(new Overwritten(Integer.MAX_VALUE), new IndexRead.Find(BUCKET, "k", true)))
                .isInstanceOf(ServiceException.class)
                .hasMessageContaining("safe to retry");
    }

    /** Rows of which an object is overwritten before its bytes are looked at, so many times. */
    private final class Overwritten implements Rows {
        private final int times;
        private int done;

        Overwritten(int times) {
            this.times = times;
        }

        @Override
        public byte @Nullable [] get(byte[] key) {
            if (key[1] == 'b' && done < times) {
                done++;
                decide(put("k", "e" + done, new byte[] {(byte) done}));
            }
            return rows.get(key);
        }

        @Override
        public RowCursor scan(byte[] from, byte[] to, boolean reverse) {
            return rows.scan(from, to, reverse);
        }

        @Override
        public long sequenceNumber(String persistenceId) {
            return rows.sequenceNumber(persistenceId);
        }

        @Override
        public long appliedIndex() {
            return rows.appliedIndex();
        }
    }

    private static IndexIntent put(String key, String etag, byte[] bytes) {
        var entry = new ObjectEntry(0, etag, bytes.length, SUM, ChecksumType.FULL_OBJECT, HEADERS, null);
        return new IndexIntent.Put(key, entry, bytes, WriteConditions.NONE, Notices.NONE, 1);
    }

    @Test
    void conditions_are_decided_over_what_the_batch_has_written_before() {
        var first = put("k", "e1", new WriteConditions(null, true));
        var second = put("k", "e2", new WriteConditions(null, true));
        var third = put("k", "e3", new WriteConditions("e1", false));

        var outcomes = decideAll(List.of(first, second, third));

        assertThat(outcomes.get(0)).isInstanceOf(IndexOutcome.Stored.class);
        assertThat(((IndexOutcome.Refused) outcomes.get(1)).error().code()).isEqualTo(ObjectError.PRECONDITION_FAILED);
        assertThat(outcomes.get(2)).isInstanceOf(IndexOutcome.Stored.class);
        assertThat(Objects.requireNonNull(found("k").entry()).etag()).isEqualTo("e3");
    }

    @Test
    void a_batch_ends_before_it_is_too_large() {
        var decision = IndexRules.decide(
                BUCKET, rows, List.of(put("a", "e", WriteConditions.NONE), put("b", "e", WriteConditions.NONE)), 10);

        assertThat(decision.replies()).hasSize(1);
        rows.change(decision.changes());
        assertThat(found("a").entry()).isNotNull();
        assertThat(found("b").entry()).isNull();
    }

    @Test
    void an_upload_is_committed_only_with_its_intent() {
        var id = new UploadId(1, 1);
        var commit = putChunks("k", id);
        assertThat(decide(commit)).isEqualTo(new IndexOutcome.Expired());

        decide(new IndexIntent.Open(id, chunks(1), null, 5));
        assertThat(known(1)).isTrue();
        assertThat(IndexReads.intents(rows, 6, 10)).hasSize(1);
        assertThat(decide(commit)).isInstanceOf(IndexOutcome.Stored.class);

        assertThat(IndexReads.intents(rows, 6, 10)).isEmpty();
        assertThat(found("k").parts().getFirst().chunks()).isEqualTo(chunks(1));
        assertThat(known(1)).isTrue();
        assertThat(decide(commit)).as("a second time").isEqualTo(new IndexOutcome.Expired());
    }

    @Test
    void what_is_given_up_cannot_be_committed_and_its_chunks_are_collected() {
        var id = new UploadId(1, 1);
        decide(new IndexIntent.Open(id, chunks(1), null, 5));
        decide(new IndexIntent.Abort(id, 10));
        decide(new IndexIntent.Abort(id, 11));

        assertThat(decide(putChunks("k", id))).isEqualTo(new IndexOutcome.Expired());
        assertThat(found("k").entry()).isNull();
        assertThat(IndexReads.garbage(rows, 10, 9)).as("not before its time").isEmpty();
        assertThat(known(1)).as("until it is collected").isTrue();
        collectAll();
        assertThat(known(1)).isFalse();
    }

    @Test
    void a_refused_commit_keeps_the_intent() {
        decide(put("k", "e1", WriteConditions.NONE));
        var id = new UploadId(1, 1);
        decide(new IndexIntent.Open(id, chunks(1), null, 5));
        var commit = (IndexIntent.Put) putChunks("k", id);
        var conditional =
                new IndexIntent.Put("k", commit.entry(), null, new WriteConditions(null, true), Notices.NONE, 6);

        assertThat(decide(conditional)).isInstanceOf(IndexOutcome.Refused.class);
        assertThat(IndexReads.intents(rows, 6, 10)).hasSize(1);
    }

    @Test
    void events_are_written_with_the_change_and_removed_when_told() {
        var notices = new Notices(
                "birds",
                "ObjectCreated:Put",
                List.of(new Notices.Target("f", "1"), new Notices.Target("g", "2")),
                "r",
                "a");
        var put = (IndexIntent.Put) put("k", "e1", WriteConditions.NONE);
        decide(new IndexIntent.Put("k", put.entry(), put.inline(), put.conditions(), notices, 1));
        decide(new IndexIntent.Put("k", put.entry(), put.inline(), new WriteConditions("x", false), notices, 1));

        var events = IndexReads.events(rows, 0, 10);

        assertThat(events).extracting(StoredEvent::function).containsExactly("f", "g");
        decide(new IndexIntent.Told(events.subList(0, 1)));
        assertThat(IndexReads.events(rows, 0, 10))
                .extracting(StoredEvent::function)
                .containsExactly("g");
    }

    @Test
    void a_bucket_closes_only_without_objects_and_then_takes_none() {
        decide(put("k", "e1", WriteConditions.NONE));
        assertThat(decide(new IndexIntent.Close(3))).isEqualTo(new IndexOutcome.NotEmpty());
        decide(new IndexIntent.Delete("k", null, Notices.NONE, 2));

        assertThat(decide(new IndexIntent.Close(3))).isEqualTo(new IndexOutcome.Done());
        assertThat(decide(put("k", "e1", WriteConditions.NONE))).isEqualTo(new IndexOutcome.Closed());
        assertThat(IndexReads.read(rows, new IndexRead.Find(BUCKET, "k", true))).isEqualTo(new IndexFound.Closed());

        decide(new IndexIntent.Reopen(3));
        assertThat(decide(put("k", "e1", WriteConditions.NONE)))
                .as("the deletion is not older")
                .isEqualTo(new IndexOutcome.Closed());
        decide(new IndexIntent.Reopen(4));
        assertThat(decide(put("k", "e1", WriteConditions.NONE))).isInstanceOf(IndexOutcome.Stored.class);
    }

    @Test
    void what_is_left_of_a_closed_bucket_becomes_garbage() {
        var id = new UploadId(1, 1);
        var upload = new UploadKey("k", new UploadId(2, 2));
        decide(new IndexIntent.Open(id, chunks(1), null, 5));
        decide(new IndexIntent.CreateUpload(upload, new UploadEntry(1, HEADERS, null, null)));
        decide(new IndexIntent.Close(3));

        assertThat(decide(new IndexIntent.Purge(6))).isEqualTo(new IndexOutcome.Progress(true));
        assertThat(decide(new IndexIntent.Purge(6))).isEqualTo(new IndexOutcome.Progress(false));

        assertThat(IndexReads.closed(rows)).isEmpty();
        collectAll();
        assertThat(known(1)).isFalse();
        assertThat(decide(put("k", "e1", WriteConditions.NONE))).isEqualTo(new IndexOutcome.Closed());
        assertThat(decide(new IndexIntent.Reopen(9))).isEqualTo(new IndexOutcome.Done());
        assertThat(decide(put("k", "e1", WriteConditions.NONE))).isEqualTo(new IndexOutcome.Closed());
    }

    @Test
    void a_bucket_is_emptied_in_steps_of_few_bytes() {
        for (int each = 1; each <= 30; each++) {
            var chunks = Collections.nCopies(1_000, chunks(1).getFirst());
            decide(new IndexIntent.Open(new UploadId(each, each), chunks, null, 5));
        }
        decide(new IndexIntent.Close(3));

        int steps = 0;
        for (boolean more = true; more; steps++) {
            var decision = IndexRules.decide(BUCKET, rows, List.of(new IndexIntent.Purge(6)), BYTES_MAX);
            assertThat(decision.changes().stream()
                            .mapToInt(change -> weight(change.value()))
                            .sum())
                    .isLessThan(256 << 10);
            rows.change(decision.changes());
            more = ((IndexOutcome.Progress) decision.replies().getFirst()).more();
        }

        assertThat(steps).isGreaterThan(5);
        assertThat(IndexReads.intents(rows, 6, 10)).isEmpty();
    }

    private static int weight(byte @Nullable [] row) {
        return row == null ? 0 : row.length;
    }

    /** Whatever happens in whatever order: a chunk is known exactly as long as an intent, a part or garbage has it. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void chunks_are_known_exactly_as_long_as_something_has_them(long seed) {
        var random = new Random(seed);
        var opened = new ArrayList<UploadId>();
        for (int step = 0; step < 300; step++) {
            int number = step + 1;
            var key = "k" + random.nextInt(4);
            switch (random.nextInt(6)) {
                case 0, 1 -> {
                    var id = new UploadId(seed, number);
                    decide(new IndexIntent.Open(id, chunks(number), null, number));
                    opened.add(id);
                }
                case 2, 3 -> {
                    if (!opened.isEmpty()) {
                        decide(putChunks(key, opened.get(random.nextInt(opened.size()))));
                    }
                }
                case 4 -> decide(new IndexIntent.Delete(key, null, Notices.NONE, number));
                default -> {
                    if (!opened.isEmpty()) {
                        decide(new IndexIntent.Abort(opened.get(random.nextInt(opened.size())), number));
                    }
                }
            }
            assertThat(knownChunks()).as("seed %d, step %d", seed, step).isEqualTo(heldChunks());
        }
        collectAll();
        assertThat(knownChunks()).as("seed %d", seed).isEqualTo(heldChunks());
        for (int key = 0; key < 4; key++) {
            decide(new IndexIntent.Delete("k" + key, null, Notices.NONE, 1000));
        }
        opened.forEach(id -> decide(new IndexIntent.Abort(id, 1000)));
        collectAll();
        assertThat(knownChunks()).as("seed %d", seed).isEmpty();
    }

    @Test
    void rows_are_read_as_they_were_written() {
        var entry = new ObjectEntry(
                1, "e", 2, SUM, ChecksumType.COMPOSITE, HEADERS, new ObjectEntry.Body(new UploadId(3, 4), 5, true));
        var part = new PartEntry(1, 2, "e", 3, SUM, new Checksum(ChecksumAlgorithm.SHA1, "x"), chunks(1));
        var upload = new UploadEntry(1, HEADERS, ChecksumAlgorithm.CRC32, ChecksumType.COMPOSITE);

        assertThat(IndexCodec.decode(IndexCodec.encode(to -> IndexCodec.writeEntry(to, entry)), IndexCodec::readEntry))
                .isEqualTo(entry);
        assertThat(IndexCodec.decode(IndexCodec.encode(to -> IndexCodec.writePart(to, part)), IndexCodec::readPart))
                .isEqualTo(part);
        assertThat(IndexCodec.decode(
                        IndexCodec.encode(to -> IndexCodec.writeUpload(to, upload)), IndexCodec::readUpload))
                .isEqualTo(upload);
    }

    // ---- helpers ----

    private IndexOutcome decide(IndexIntent intent) {
        return decideAll(List.of(intent)).getFirst();
    }

    private List<IndexOutcome> decideAll(List<IndexIntent> intents) {
        var decision = IndexRules.decide(BUCKET, rows, intents, BYTES_MAX);
        rows.change(decision.changes());
        return decision.replies();
    }

    private static IndexIntent put(String key, String etag, WriteConditions conditions) {
        var entry = new ObjectEntry(1, etag, 3, SUM, ChecksumType.FULL_OBJECT, HEADERS, null);
        return new IndexIntent.Put(key, entry, new byte[] {1, 2, 3}, conditions, Notices.NONE, 1);
    }

    private static IndexIntent putChunks(String key, UploadId id) {
        var entry =
                new ObjectEntry(1, "e", 9, SUM, ChecksumType.FULL_OBJECT, HEADERS, new ObjectEntry.Body(id, 1, false));
        return new IndexIntent.Put(key, entry, null, WriteConditions.NONE, Notices.NONE, 6);
    }

    private static List<ChunkRef> chunks(int number) {
        return List.of(new ChunkRef(new ChunkId(number, 1), 9, List.of(1L, 2L, 3L)));
    }

    private IndexFound.Found found(String key) {
        return (IndexFound.Found) IndexReads.read(rows, new IndexRead.Find(BUCKET, key, true));
    }

    private boolean known(int number) {
        var chunk = chunks(number).getFirst().id();
        return !((IndexFound.Known) IndexReads.read(rows, new IndexRead.Known(List.of(chunk))))
                .chunks()
                .isEmpty();
    }

    private Set<Long> knownChunks() {
        var known = new TreeSet<Long>();
        for (int number = 1; number <= 300; number++) {
            if (known(number)) {
                known.add((long) number);
            }
        }
        return known;
    }

    private Set<Long> heldChunks() {
        var held = new TreeSet<Long>();
        try (var walk = rows.scan(IndexKeys.first('i'), IndexKeys.end('i'), false)) {
            while (walk.next()) {
                add(
                        held,
                        IndexCodec.decode(walk.value(), IndexCodec::readIntent).chunks());
            }
        }
        IndexReads.partsAfter(rows, null, 10_000).parts().forEach(part -> add(held, part.chunks()));
        for (var found : IndexReads.garbage(rows, Long.MAX_VALUE, 10_000)) {
            if (found.garbage() instanceof Garbage.Loose loose) {
                add(held, loose.chunks());
            }
        }
        return held;
    }

    private static void add(Set<Long> held, List<ChunkRef> chunks) {
        chunks.forEach(
                chunk -> assertThat(held.add(chunk.id().high())).as("held once").isTrue());
    }

    private void collectAll() {
        for (var found = first(); found != null; found = first()) {
            var parts = IndexReads.garbageParts(rows, BUCKET, found.garbage());
            var chunks = new ArrayList<ChunkId>();
            if (found.garbage() instanceof Garbage.Loose loose) {
                loose.chunks().forEach(chunk -> chunks.add(chunk.id()));
            }
            parts.parts().forEach(part -> part.chunks().forEach(chunk -> chunks.add(chunk.id())));
            decide(new IndexIntent.Collect(
                    found.rowKey(),
                    parts.parts().stream().map(PartEntry::number).toList(),
                    chunks,
                    true));
        }
    }

    private Garbage.@Nullable Found first() {
        var found = IndexReads.garbage(rows, Long.MAX_VALUE, 1);
        return found.isEmpty() ? null : found.getFirst();
    }
}
