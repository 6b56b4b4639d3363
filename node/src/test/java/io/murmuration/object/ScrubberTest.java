package io.murmuration.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.journal.entity.FakeJournal;
import io.murmuration.object.chunk.BodySink;
import io.murmuration.object.chunk.ChunkId;
import io.murmuration.object.chunk.ChunkPeers;
import io.murmuration.object.chunk.ChunkRef;
import io.murmuration.object.chunk.Chunks;
import io.murmuration.object.chunk.CopyWriter;
import io.murmuration.object.index.BucketShard;
import io.murmuration.object.index.IndexIntent;
import io.murmuration.object.index.Notices;
import io.murmuration.object.index.ObjectEntry;
import io.murmuration.object.index.UploadId;
import io.murmuration.protocol.object.body.Checksum;
import io.murmuration.protocol.object.body.ChecksumAlgorithm;
import io.murmuration.protocol.object.body.ChecksumType;
import io.murmuration.protocol.object.operation.ObjectHeaders;
import io.murmuration.protocol.object.operation.WriteConditions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The walk over a group's parts, on node 1; each chunk is also on node 2. */
class ScrubberTest {
    private static final int OBJECTS = 120;
    private static final int GROUP = 1;

    private final FakeJournal journal = new FakeJournal("scrubber", 2);
    private final FakeNodes nodes = new FakeNodes();
    private final Chores.Chore chore = new Scrubber.Copies(GROUP, journal, nodes, nodes, 1, Runnable::run).chore();

    @BeforeEach
    void store() {
        for (int each = 1; each <= OBJECTS; each++) {
            var id = new UploadId(each, each);
            decide(new IndexIntent.Open(id, List.of(chunk(each)), null, 1));
            var entry = new ObjectEntry(
                    1,
                    "etag",
                    10,
                    new Checksum(ChecksumAlgorithm.CRC32, "AAAAAA=="),
                    ChecksumType.FULL_OBJECT,
                    new ObjectHeaders("text/plain", null, null, null, null, null, Map.of()),
                    new ObjectEntry.Body(id, 1, false));
            decide(new IndexIntent.Put("k" + each, entry, null, WriteConditions.NONE, Notices.NONE, 1));
        }
    }

    @Test
    void the_walk_rests_after_each_step_in_which_nothing_is_missing() {
        for (int step = 0; step < 3; step++) {
            assertThat(step()).isFalse();
        }

        assertThat(nodes.asked).hasSize(OBJECTS);
        assertThat(new HashSet<>(nodes.asked)).hasSize(OBJECTS);
    }

    @Test
    void the_walk_goes_on_at_once_while_copies_are_made() {
        for (int each = 1; each <= OBJECTS; each++) {
            nodes.lacking.add(chunk(each).id());
        }

        assertThat(step()).isTrue();
        assertThat(step()).isTrue();
        assertThat(step()).as("the last").isFalse();
        assertThat(nodes.lacking).isEmpty();
    }

    @Test
    void a_copy_that_cannot_be_made_holds_back_no_other_and_no_rest() {
        nodes.lacking.add(chunk(1).id());
        nodes.lacking.add(chunk(2).id());
        nodes.lost.add(chunk(1).id());

        step();
        assertThat(nodes.lacking).containsExactly(chunk(1).id());
        step();
        step();
        assertThat(step()).as("the next lap").isFalse();
    }

    private boolean step() {
        return chore.step().get().toCompletableFuture().join();
    }

    private void decide(IndexIntent intent) {
        journal.rows(GROUP)
                .change(new BucketShard(7, GROUP)
                        .decide(journal.rows(GROUP), List.of(intent), 1 << 20)
                        .changes());
    }

    private static ChunkRef chunk(int number) {
        return new ChunkRef(new ChunkId(number, GROUP), 10, List.of(1L, 2L));
    }

    /** Node 2 lacks some chunks and can make some of them; node 1 has all. */
    private static final class FakeNodes implements Chunks, ChunkPeers {
        private final List<ChunkId> asked = new ArrayList<>();
        private final Set<ChunkId> lacking = new TreeSet<>();
        private final Set<ChunkId> lost = new TreeSet<>();

        @Override
        public CompletionStage<List<ChunkId>> missing(long node, List<ChunkId> chunks) {
            asked.addAll(chunks);
            return CompletableFuture.completedFuture(
                    chunks.stream().filter(lacking::contains).toList());
        }

        @Override
        public CompletionStage<Void> repair(long node, ChunkRef chunk) {
            if (lost.contains(chunk.id())) {
                return CompletableFuture.failedFuture(new IllegalStateException("nobody has it"));
            }
            lacking.remove(chunk.id());
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<Boolean> repairMissing(ChunkRef chunk) {
            return CompletableFuture.completedFuture(false);
        }

        @Override
        public CompletionStage<Void> repair(ChunkRef chunk) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<ChunkRef> plan(int group, long bytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public BodySink write(List<ChunkRef> plan) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<ByteString> read(ChunkRef chunk, int from, int to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> delete(List<ChunkRef> chunks) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CopyWriter write(long node, ChunkRef chunk) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<ByteString> read(long node, ChunkId chunk, int from, int to) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Void> delete(long node, List<ChunkId> chunks) {
            throw new UnsupportedOperationException();
        }
    }
}
