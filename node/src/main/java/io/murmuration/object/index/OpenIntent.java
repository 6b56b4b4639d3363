package io.murmuration.object.index;

import io.murmuration.object.chunk.ChunkRef;
import java.util.List;

/** An upload of one body that was begun: these chunks may be being written. */
public record OpenIntent(long openedMillis, List<ChunkRef> chunks) {}
