package io.murmuration.journal;

import io.murmuration.journal.leveldb.Cursor;
import io.murmuration.journal.leveldb.Pairs;
import io.murmuration.journal.leveldb.WriteBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a simulated disk holds of a log store. It can lose its last batches and have a bit flipped. */
final class SimulatedPairs implements Pairs {
    private static final int UNDONE_MAX = 4;

    private final NavigableMap<byte[], byte[]> pairs = new TreeMap<>(Arrays::compareUnsigned);
    /** For each of the last batches, what it replaced; newest first. */
    private final Deque<List<WriteBatch.Change>> replaced = new ArrayDeque<>();

    @Override
    public byte @Nullable [] get(byte[] key) {
        return pairs.get(key);
    }

    @Override
    public void write(WriteBatch batch, boolean sync) {
        var before = new ArrayList<WriteBatch.Change>();
        for (var change : batch.changes()) {
            before.addFirst(new WriteBatch.Change(change.key(), pairs.get(change.key())));
            change(change);
        }
        replaced.addFirst(before);
        if (replaced.size() > UNDONE_MAX) {
            replaced.removeLast();
        }
    }

    /** The newest batch is gone. False if it is not known any more what it replaced. */
    boolean loseNewestBatch() {
        var before = replaced.poll();
        if (before != null) {
            before.forEach(this::change);
        }
        return before != null;
    }

    boolean isEmpty() {
        return pairs.isEmpty();
    }

    /** One bit of one record that has a checksum is another. False if there is none such. */
    boolean flipBit(RandomGenerator random) {
        var records = pairs.entrySet().stream()
                .filter(pair -> hasChecksum(pair.getKey()))
                .toList();
        if (records.isEmpty()) {
            return false;
        }
        var record = records.get(random.nextInt(records.size()));
        var flipped = record.getValue().clone();
        flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        pairs.put(record.getKey(), flipped);
        replaced.clear();
        return true;
    }

    @Override
    public Cursor scan(byte[] from, byte[] to, boolean reverse) {
        var range = pairs.subMap(from, true, to, false);
        var inOrder = reverse ? range.descendingMap() : range;
        return new MapCursor(inOrder.entrySet().iterator());
    }

    @Override
    public Cursor scanOnce(byte[] from, byte[] to) {
        return scan(from, to, false);
    }

    /** The others are marks: it counts only whether they are there. */
    private static boolean hasChecksum(byte[] key) {
        return Arrays.equals(key, StoreKeys.BATCH)
                || (StoreKeys.group(key) != StoreKeys.WHOLE_STORE && StoreKeys.kind(key) != StoreKeys.CURED);
    }

    private void change(WriteBatch.Change change) {
        if (change.value() == null) {
            pairs.remove(change.key());
        } else {
            pairs.put(change.key(), change.value());
        }
    }

    private static final class MapCursor implements Cursor {
        private final Iterator<Map.Entry<byte[], byte[]>> pairs;
        private Map.Entry<byte[], byte[]> pair = Map.entry(new byte[0], new byte[0]);

        MapCursor(Iterator<Map.Entry<byte[], byte[]>> pairs) {
            this.pairs = pairs;
        }

        @Override
        public boolean next() {
            var more = pairs.hasNext();
            if (more) {
                pair = pairs.next();
            }
            return more;
        }

        @Override
        public byte[] key() {
            return pair.getKey();
        }

        @Override
        public byte[] value() {
            return pair.getValue();
        }

        @Override
        public void close() {}
    }
}
