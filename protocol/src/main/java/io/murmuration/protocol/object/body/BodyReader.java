package io.murmuration.protocol.object.body;

import io.murmuration.protocol.object.body.BodyHead.Framing;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one body as it streams: takes the framing off, counts, sums up, and at the end verifies. Nothing that came may be shown to anybody before
 * {@link #end} has returned. Not for use by several threads at once.
 */
public final class BodyReader {
    private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature";

    private final BodyHead head;
    private final @Nullable AwsChunkedDecoder chunks;
    private final RunningChecksum md5 = RunningChecksum.of("MD5");
    private final ChecksumAlgorithm algorithm;
    private final RunningChecksum checksum;
    private final @Nullable ChecksumAlgorithm besides;
    private final @Nullable RunningChecksum besidesChecksum;
    private final @Nullable RunningChecksum sha256;
    private long bytes;

    public BodyReader(BodyHead head) {
        this(head, ChecksumAlgorithm.CRC64NVME, false);
    }

    /**
     * @param wanted what is summed up if the client sends no checksum
     * @param always it is summed up besides if the client sends another
     */
    public BodyReader(BodyHead head, ChecksumAlgorithm wanted, boolean always) {
        this.head = head;
        chunks = head.framing() == Framing.PLAIN
                ? null
                : new AwsChunkedDecoder(head.framing() == Framing.SIGNED_CHUNKS, head.bytes());
        var sent = head.algorithm();
        algorithm = sent == null ? wanted : sent;
        checksum = algorithm.start();
        besides = always && algorithm != wanted ? wanted : null;
        besidesChecksum = besides == null ? null : besides.start();
        sha256 = head.sha256() == null ? null : ChecksumAlgorithm.SHA256.start();
    }

    /**
     * Reads what remains of {@code from}.
     *
     * @param to takes the object's own bytes, as slices of {@code from} that are valid until it returns
     */
    public void read(ByteBuffer from, Consumer<ByteBuffer> to) {
        if (chunks == null) {
            object(from.slice(), to);
            from.position(from.limit());
        } else {
            chunks.read(from, slice -> object(slice, to));
        }
    }

    /** Ends the body. Refused, by a {@code ServiceException}, if it is not what its head and its trailer said. */
    public BodySums end() {
        var trailers = chunks == null ? Map.<String, String>of() : chunks.end();
        if (bytes != head.bytes()) {
            throw BodyErrors.incomplete();
        }
        var digest = md5.value();
        checkMd5(digest);
        checkSha256();
        var found = new Checksum(algorithm, Base64.getEncoder().encodeToString(checksum.value()));
        var sent = sent(trailers);
        if (sent != null && !sent.equals(found)) {
            throw BodyErrors.badChecksum(algorithm);
        }
        return new BodySums(bytes, HexFormat.of().formatHex(digest), found, sent != null, besides());
    }

    private @Nullable Checksum besides() {
        return besides == null || besidesChecksum == null
                ? null
                : new Checksum(besides, Base64.getEncoder().encodeToString(besidesChecksum.value()));
    }

    private void object(ByteBuffer slice, Consumer<ByteBuffer> to) {
        bytes += slice.remaining();
        if (bytes > head.bytes()) {
            throw BodyErrors.incomplete();
        }
        md5.update(slice.duplicate());
        checksum.update(slice.duplicate());
        if (besidesChecksum != null) {
            besidesChecksum.update(slice.duplicate());
        }
        if (sha256 != null) {
            sha256.update(slice.duplicate());
        }
        to.accept(slice);
    }

    private @Nullable Checksum sent(Map<String, String> trailers) {
        for (var name : trailers.keySet()) {
            boolean expected = head.trailing() != null && name.equals(algorithm.header());
            if (!expected && !name.equals(TRAILER_SIGNATURE)) {
                throw BodyErrors.trailer();
            }
        }
        if (head.trailing() == null) {
            return head.checksum();
        }
        var value = trailers.get(algorithm.header());
        if (value == null) {
            throw BodyErrors.trailer();
        }
        var sent = new Checksum(algorithm, value);
        if (!sent.isWellFormed()) {
            throw BodyErrors.invalid("Value for " + algorithm.header() + " trailing header is invalid.");
        }
        return sent;
    }

    private void checkMd5(byte[] digest) {
        var expected = head.md5();
        if (expected != null) {
            var calculated = Base64.getEncoder().encodeToString(digest);
            if (!expected.equals(calculated)) {
                throw BodyErrors.badMd5(expected, calculated);
            }
        }
    }

    private void checkSha256() {
        var expected = head.sha256();
        if (expected != null && sha256 != null) {
            var calculated = HexFormat.of().formatHex(sha256.value());
            if (!expected.equals(calculated)) {
                throw BodyErrors.badSha256(expected, calculated);
            }
        }
    }
}
