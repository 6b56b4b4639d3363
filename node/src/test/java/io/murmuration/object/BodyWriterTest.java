package io.murmuration.object;

import static org.assertj.core.api.Assertions.assertThat;

import io.murmuration.object.BodyWriter.Chunk;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyWriterTest {
    private static final int LARGEST = ChunkStore.CHUNK_BYTES_MAX;

    private Path folder;
    private final AtomicLong last = new AtomicLong();
    private ChunkStore store;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        folder = temporary;
        store = ChunkStore.open(folder);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, LARGEST - 1, LARGEST, LARGEST + 1, 2 * LARGEST + 5})
    void a_body_is_the_same_out_of_its_chunks(int length) throws IOException {
        var random = new Random(length);
        var body = new byte[length];
        random.nextBytes(body);
        List<Chunk> chunks;
        try (var writer = writer()) {
            int at = 0;
            while (at < length) {
                int piece = Math.min(length - at, 1 + random.nextInt(3_000_000));
                writer.write(ByteBuffer.wrap(body, at, piece));
                at += piece;
            }
            chunks = writer.end();
        }

        assertThat(chunks).hasSize((length + LARGEST - 1) / LARGEST);
        var read = new ByteArrayOutputStream();
        for (var chunk : chunks) {
            try (var reader = store.open(chunk.id())) {
                assertThat(reader.bytes()).isEqualTo(chunk.bytes());
                var bytes = new byte[chunk.bytes()];
                reader.read(0, chunk.bytes()).get(bytes);
                read.writeBytes(bytes);
            }
        }
        assertThat(read.toByteArray()).isEqualTo(body);
    }

    @Test
    void a_body_that_breaks_off_leaves_no_chunk() throws IOException {
        try (var writer = writer()) {
            writer.write(ByteBuffer.allocate(LARGEST + 1));

            assertThat(store.list(null, 10)).hasSize(1);
        }

        assertThat(store.list(null, 10)).isEmpty();
        assertThat(ChunkStore.open(folder).leftovers()).isZero();
    }

    private BodyWriter writer() {
        return new BodyWriter(store, () -> new ChunkId(7, last.incrementAndGet()));
    }
}
