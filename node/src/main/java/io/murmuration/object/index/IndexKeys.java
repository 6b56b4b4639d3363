package io.murmuration.object.index;

import com.google.common.hash.Hashing;
import io.murmuration.base.ByteReader;
import io.murmuration.base.ByteWriter;
import io.murmuration.object.chunk.ChunkId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Keys of the rows of buckets in a group. Stored; numbers are big-endian, keys of objects their bytes in UTF-8:
 *
 * <pre>
 * 'o' 's' | bucket, 8 bytes                                 state of the bucket
 * 'o' 'e' | bucket | key                                    an object
 * 'o' 'b' | bucket | key                                    its bytes, if they are few
 * 'o' 'u' | bucket | key | 0 | upload, 16 bytes             an upload in parts
 * 'o' 'p' | bucket | upload | number, 2 bytes               a part
 * 'o' 'h' | bucket | upload                                 which parts an object was made of
 * 'o' 'i' | bucket | upload                                 an open intent
 * 'o' 'c' | chunk, 16 bytes                                 a chunk that something refers to
 * 'o' 'g' | since, 8 bytes | bucket | number, 8 bytes       garbage
 * 'o' 'n' | bucket | sequence, 8 bytes | target, 2 bytes    an event to be told
 * </pre>
 */
public final class IndexKeys {
    private static final byte OBJECTS = 'o';
    private static final int SECTION_BYTES = 2;
    private static final int BUCKET_BYTES = SECTION_BYTES + Long.BYTES;
    private static final int UPLOAD_SUFFIX = 1 + UploadId.BYTES;

    private IndexKeys() {}

    /** The group of a key, in {@code [1, shards]}: its hash decides, so that neighbours are spread. */
    public static int group(String key, int shards) {
        long hash = Hashing.farmHashFingerprint64()
                .hashBytes(key.getBytes(StandardCharsets.UTF_8))
                .asLong();
        return 1 + (int) Math.unsignedMultiplyHigh(hash, shards);
    }

    public static byte[] state(long bucket) {
        return bucket('s', bucket).toBytes();
    }

    /** The first key of all of a kind of rows, and the first behind them. */
    public static byte[] first(char section) {
        return new byte[] {OBJECTS, (byte) section};
    }

    public static byte[] end(char section) {
        return new byte[] {OBJECTS, (byte) (section + 1)};
    }

    static byte[] object(long bucket, String key) {
        return bucket('e', bucket).raw(key.getBytes(StandardCharsets.UTF_8)).toBytes();
    }

    static byte[] objectsFrom(long bucket, byte[] firstKey) {
        return bucket('e', bucket).raw(firstKey).toBytes();
    }

    static byte[] objectsEnd(long bucket) {
        return bucket('e', bucket + 1).toBytes();
    }

    static String keyOfObject(byte[] rowKey) {
        return new String(rowKey, BUCKET_BYTES, rowKey.length - BUCKET_BYTES, StandardCharsets.UTF_8);
    }

    static byte[] body(long bucket, String key) {
        return bucket('b', bucket).raw(key.getBytes(StandardCharsets.UTF_8)).toBytes();
    }

    static byte[] upload(long bucket, UploadKey upload) {
        var to = bucket('u', bucket)
                .raw(upload.key().getBytes(StandardCharsets.UTF_8))
                .int8(0);
        upload.id().write(to);
        return to.toBytes();
    }

    static byte[] uploadsFrom(long bucket, byte[] firstKey) {
        return bucket('u', bucket).raw(firstKey).toBytes();
    }

    static byte[] uploadsEnd(long bucket) {
        return bucket('u', bucket + 1).toBytes();
    }

    static UploadKey uploadOf(byte[] rowKey) {
        int keyEnd = rowKey.length - UPLOAD_SUFFIX;
        var key = new String(rowKey, BUCKET_BYTES, keyEnd - BUCKET_BYTES, StandardCharsets.UTF_8);
        return new UploadKey(key, UploadId.read(new ByteReader(Arrays.copyOfRange(rowKey, keyEnd + 1, rowKey.length))));
    }

    static byte[] part(long bucket, UploadId upload, int number) {
        return ofUpload('p', bucket, upload).int16(number).toBytes();
    }

    static byte[] partsEnd(long bucket, UploadId upload) {
        return ofUpload('p', bucket, upload).int16(0xFFFF).toBytes();
    }

    static byte[] head(long bucket, UploadId upload) {
        return ofUpload('h', bucket, upload).toBytes();
    }

    static byte[] intent(long bucket, UploadId upload) {
        return ofUpload('i', bucket, upload).toBytes();
    }

    static byte[] intentsFrom(long bucket) {
        return bucket('i', bucket).toBytes();
    }

    /** Of an intent's key. */
    static UploadId intentOf(byte[] rowKey) {
        return UploadId.read(new ByteReader(Arrays.copyOfRange(rowKey, BUCKET_BYTES, rowKey.length)));
    }

    static byte[] chunk(ChunkId chunk) {
        return section('c').int64(chunk.high()).int64(chunk.low()).toBytes();
    }

    static byte[] garbage(long sinceMillis, long bucket, long number) {
        return section('g').int64(sinceMillis).int64(bucket).int64(number).toBytes();
    }

    static long bucketOfGarbage(byte[] rowKey) {
        return at(rowKey, SECTION_BYTES + Long.BYTES);
    }

    static byte[] eventsFrom(long bucket) {
        return bucket('n', bucket).toBytes();
    }

    static byte[] event(long bucket, long sequence, int target) {
        return bucket('n', bucket).int64(sequence).int16(target).toBytes();
    }

    /** The bucket in keys of all kinds but chunks and garbage. */
    static long bucketOf(byte[] rowKey) {
        return at(rowKey, SECTION_BYTES);
    }

    private static long at(byte[] rowKey, int from) {
        return new ByteReader(Arrays.copyOfRange(rowKey, from, from + Long.BYTES)).int64();
    }

    private static ByteWriter ofUpload(char section, long bucket, UploadId upload) {
        var to = bucket(section, bucket);
        upload.write(to);
        return to;
    }

    private static ByteWriter bucket(char section, long bucket) {
        return section(section).int64(bucket);
    }

    private static ByteWriter section(char section) {
        return new ByteWriter(64).int8(OBJECTS).int8(section);
    }
}
