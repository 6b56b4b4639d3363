package io.murmuration.object.index;

import io.murmuration.object.chunk.ChunkId;
import java.nio.ByteBuffer;

/** How chunks come to be known, and how what nothing refers to is forgotten. */
final class GarbageRules {
    private GarbageRules() {}

    /** From now on nobody removes the chunk as one that is not known. */
    static void know(Draft draft, ChunkId chunk) {
        draft.put(
                IndexKeys.chunk(chunk),
                ByteBuffer.allocate(Long.BYTES).putLong(draft.bucket()).array());
    }

    /** @param number tells it from other garbage of the bucket of the same time: the low half of an id that was drawn */
    static void discard(Draft draft, long number, Garbage garbage, long nowMillis) {
        if (garbage instanceof Garbage.Loose loose && loose.chunks().isEmpty()) {
            return;
        }
        draft.put(
                IndexKeys.garbage(nowMillis, draft.bucket(), number),
                IndexCodec.encode(to -> IndexCodec.writeGarbage(to, garbage)));
    }

    /** Whoever collects has read the garbage's rows, which do not change, and removed the chunks. */
    static IndexOutcome collect(Draft draft, IndexIntent.Collect collect) {
        var row = draft.get(collect.garbage());
        if (row == null) {
            return new IndexOutcome.Progress(false);
        }
        var upload =
                switch (IndexCodec.decode(row, IndexCodec::readGarbage)) {
                    case Garbage.Loose loose -> null;
                    case Garbage.Whole whole -> whole.upload();
                    case Garbage.Spare spare -> spare.upload();
                };
        collect.chunks().forEach(chunk -> draft.delete(IndexKeys.chunk(chunk)));
        if (upload != null) {
            collect.parts().forEach(number -> draft.delete(IndexKeys.part(draft.bucket(), upload, number)));
        }
        if (collect.last()) {
            draft.delete(collect.garbage());
            if (IndexCodec.decode(row, IndexCodec::readGarbage) instanceof Garbage.Whole whole) {
                draft.delete(IndexKeys.head(draft.bucket(), whole.upload()));
            }
        }
        return new IndexOutcome.Progress(!collect.last());
    }
}
